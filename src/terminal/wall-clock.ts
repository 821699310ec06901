const [MINUTE, DAY] = [60_000, 86_400_000];

/**
 * What clocks of a zone show is written as the ms since the epoch at which clocks of UTC show the same. `ahead`
 * is how many ms the zone is ahead of UTC; if it is not set, the zone is the local one.
 */
export function wallTime(ms: number, ahead = localAhead(ms)): number {
  return ms + ahead;
}

/** The moments at which clocks show a time, in order: one, or none or two on a night when they change. */
export function momentsAt(wall: number, ahead?: number): number[] {
  return candidates(wall, ahead).filter((ms) => wallTime(ms, ahead) === wall);
}

/** The first moment of the day whose midnight is given: midnight, or later where it was skipped. */
export function dayStart(midnight: number, ahead?: number): number {
  const [first = Math.max(...candidates(midnight, ahead))] = momentsAt(midnight, ahead);
  return first;
}

/** How far a zone is ahead of UTC, such as `+01:00`. */
export function offsetText(ahead: number): string {
  const minutes = Math.round(Math.abs(ahead) / MINUTE);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${ahead < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** By what clocks show before and after any change that is near. */
function candidates(wall: number, ahead: number | undefined): number[] {
  const all = [wall - DAY, wall + DAY].map((near) => wall - (ahead ?? localAhead(near)));
  return [...new Set(all)];
}

function localAhead(ms: number): number {
  return -new Date(ms).getTimezoneOffset() * MINUTE;
}
