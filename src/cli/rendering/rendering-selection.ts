import { span } from '../../terminal/time.ts';
import type { RenderingTask } from './rendering-task.ts';

/** Which tasks are listed. */
export interface RenderingFilter {
  /** Only those that have rendered for longer, in ms. */
  readonly longerThan?: number;
  /** Ghosts, too. */
  readonly all?: true;
}

/** Selects tasks, and counts what passes. */
export class RenderingSelection {
  /** How many render, selected or not. */
  rendering = 0;
  /** How many of these are selected. */
  selected = 0;
  /** How many tasks are ghosts, of those that would be selected otherwise. */
  ghosts = 0;
  /** The ids of the jobs of selected tasks. */
  readonly jobs = new Set<string>();
  readonly #filter: RenderingFilter;
  readonly #now: number;

  /** @param now in ms since the epoch */
  constructor(filter: RenderingFilter, now: number) {
    this.#filter = filter;
    this.#now = now;
  }

  async *of(tasks: AsyncIterable<RenderingTask>): AsyncGenerator<RenderingTask> {
    const { longerThan, all } = this.#filter;
    for await (const each of tasks) {
      const { isGhost, since = this.#now } = each;
      if (!isGhost) this.rendering += 1;
      if (longerThan !== undefined && this.#now - since <= longerThan) continue;
      if (isGhost) this.ghosts += 1;
      else {
        this.selected += 1;
        this.jobs.add(each.task.job);
      }
      if (!isGhost || all) yield each;
    }
  }

  /** What is listed, such as `30 tasks in 4 jobs`. */
  text(): string {
    const { longerThan, all } = this.#filter;
    const { selected, rendering, jobs, ghosts } = this;
    const tasks = `${selected}${longerThan === undefined ? '' : ` of ${rendering}`}`;
    const inJobs = `${tasks} ${plural(rendering, 'task')} in ${jobs.size} ${plural(jobs.size, 'job')}`;
    return all && ghosts > 0 ? `${inJobs}, and ${ghosts} ${plural(ghosts, 'ghost')}` : inJobs;
  }

  /** Said if nothing is listed. */
  nothingText(): string {
    const { longerThan } = this.#filter;
    if (longerThan === undefined || this.rendering === 0) return 'Nothing renders.';
    const [are, count] = [this.rendering === 1 ? 'is' : 'are', this.rendering];
    return `Nothing has rendered for more than ${span(longerThan)}. Without --longer-than there ${are} ${count}.`;
  }

  /** Says that ghosts are left out; `undefined` if none is. */
  leftOutText(): string | undefined {
    const { ghosts } = this;
    if (ghosts === 0 || this.#filter.all) return undefined;
    return ghosts === 1
      ? '1 ghost is left out: its job stopped after it started. See --all.'
      : `${ghosts} ghosts are left out: their jobs stopped after they started. See --all.`;
  }
}

function plural(count: number, word: string): string {
  return count === 1 ? word : `${word}s`;
}
