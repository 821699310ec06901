import type { Transition } from '../../shared/history-entry.ts';
import type { Told } from '../message/alert-message.ts';

/** What all messages have. */
export function toldOf(alert: string, transitions: readonly Transition[]): Told {
  const times = transitions.map(({ at }) => Date.parse(at));
  return { alert, transitions, begin: times[0] as number, end: times.at(-1) as number };
}
