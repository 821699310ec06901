import type { Transition } from '../../shared/history-entry.ts';
import type { LateMessage } from '../message/alert-message.ts';
import { countsOf } from './severity.ts';
import { toldOf } from './told.ts';

/** How old what comes in time is at most, in ms: older than that are dead letters that were replayed. */
const IN_TIME = 60 * 60 * 1_000;

/** @param now in ms since the epoch */
export function isLate({ at }: Transition, now: number): boolean {
  return now - Date.parse(at) > IN_TIME;
}

/** @param told what came late for an alert, oldest first */
export function lateMessage(alert: string, told: readonly Transition[]): LateMessage {
  return {
    ...toldOf(alert, told),
    kind: 'late',
    counts: countsOf(told.map(({ transition }) => transition)),
  };
}
