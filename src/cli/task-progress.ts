const DONE = 'Completed';

/**
 * How far a job is, for a person: `12 of 40 tasks done, 2 failed, 3 rendering`.
 *
 * @param counts how many tasks have which status; a task that has not started is in none
 * @param total how many tasks the job has, where a row of it says so: there is none until it first stops
 */
export function progressText(
  counts: ReadonlyMap<string, number>,
  total: number | undefined,
): string {
  const seen = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (seen === 0 && total === undefined) return 'nothing has come of it or its tasks yet';
  const done = counts.get(DONE) ?? 0;
  const others = [...counts]
    .filter(([status]) => status !== DONE)
    .map(([status, count]) => `${count} ${status.toLowerCase()}`);
  return [doneOf(done, seen, total), ...others.sort()].join(', ');
}

function doneOf(done: number, seen: number, total: number | undefined): string {
  // More may have been seen than the row says: tasks can be added to a job.
  if (total !== undefined && total >= seen) {
    return `${done} of ${total} ${total === 1 ? 'task' : 'tasks'} done`;
  }
  if (seen === 1) return `${done} of the 1 task that has started is done`;
  return `${done} of the ${seen} tasks that have started ${done === 1 ? 'is' : 'are'} done`;
}
