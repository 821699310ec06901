import { counted } from './page-format.ts';

/** What is typical of the workers on which a job's tasks failed, as two short texts; the second may be empty. */
export interface TypicalWorkers {
  /** The worst, or how many. */
  readonly first: string;
  /** How many of the tasks failed on the worst; 1 is not said. */
  readonly times: number;
  readonly second: string;
}

/**
 * Says whether it is the machine: `render-035 ×2`, `5 others, one each`; or that it is not: `6 workers`,
 * `one task each`.
 *
 * @param workers with how many tasks failed on each, the most first
 */
export function typicalWorkers(
  workers: readonly (readonly [worker: string, count: number])[],
): TypicalWorkers {
  const [worst, ...others] = workers;
  if (worst === undefined) return { first: '–', times: 1, second: '' };
  const [name, times] = worst;
  const next = others[0]?.[1];
  if (next === undefined) return { first: name, times, second: '' };
  const least = others.at(-1)?.[1];
  if (least === times) {
    const each = times === 1 ? 'one task each' : `${times} tasks each`;
    return { first: counted(workers.length, 'worker'), times: 1, second: each };
  }
  const each = next === 1 ? 'one each' : next === least ? `${next} each` : `up to ${next} each`;
  const many = counted(others.length, 'other');
  if (others.length === 1)
    return { first: name, times, second: next === 1 ? many : `${many} ×${next}` };
  return { first: name, times, second: `${many}, ${each}` };
}
