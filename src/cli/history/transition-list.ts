import { entryToTransition, type HistoryEntry } from '../../shared/history-entry.ts';
import { parseTimeSpan } from '../../shared/run-time.ts';
import { painted } from '../../terminal/screen.ts';
import type { Column } from '../../terminal/table.ts';
import {
  countColumn,
  framesColumn,
  ranColumn,
  reasonColumn,
  textColumn,
  timeColumn,
} from '../columns.ts';
import { ranFor } from '../job-times.ts';
import type { View } from '../listing.ts';
import { markOf } from '../marks.ts';
import type { Session } from '../session.ts';
import { isOfJob, jobOfEntry, timeOf } from './entry-summary.ts';

/**
 * Transitions of a job and its tasks, a line each.
 *
 * @param isOneTask all are of one task, which no row has to name
 */
export function transitionsView(session: Session, isOneTask: boolean): View<HistoryEntry> {
  return {
    columns: [
      timeColumn('time', timeOf, session, true),
      transitionColumn(session),
      { name: 'task', value: ({ task }) => task, align: 'right' },
      textColumn('worker', ({ worker }) => worker),
      ranColumn('ran', ranOf),
      {
        ...countColumn<HistoryEntry>('errors', ({ errors }) => errors),
        // A task that starts has none, unless this is a further try.
        cells: (entries) =>
          entries.map(({ transition, errors }) =>
            transition === 'task-started' && !errors ? '' : String(errors ?? ''),
          ),
      },
      framesColumn(({ frames }) => frames),
      reasonColumn(({ reason }) => reason),
      textColumn('status', ({ status }) => status),
    ],
    always: ['time', 'transition', ...(isOneTask ? [] : ['task']), 'worker'],
    further: ['ran', 'errors', 'reason'],
    object: entryToTransition,
  };
}

/** What happened, with its mark, such as `↵ Requeued`, or `✗ Job failed`. */
function transitionColumn({ screen }: Session): Column<HistoryEntry> {
  return {
    name: 'transition',
    value: ({ transition }) => transition,
    cells: (entries) => entries.map(markedTransition),
    paint: (text, entry) => painted(screen, markOf(wordOf(entry)).style, text),
  };
}

function markedTransition(entry: HistoryEntry): string {
  const word = wordOf(entry);
  const { symbol } = markOf(word);
  return `${symbol} ${isOfJob(entry) ? `Job ${word.toLowerCase()}` : word}`;
}

/** Such as `Requeued`. */
function wordOf({ transition }: HistoryEntry): string {
  const [, word = ''] = transition.split('-');
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** How long the task rendered until it stopped, or the job ran, in ms. */
function ranOf(entry: HistoryEntry): number | undefined {
  return isOfJob(entry) ? ranFor(jobOfEntry(entry)) : parseTimeSpan(entry.renderTime);
}
