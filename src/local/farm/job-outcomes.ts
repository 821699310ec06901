/**
 * What becomes of twenty jobs: most are rendered, four of them with a frame that cannot be; two
 * break, a user ends two, and two come so late that most such are not done by the morning.
 */
export const FATES = [
  'breaks',
  'Suspended',
  'breaks',
  'Deleted',
  ...Array.from({ length: 2 }, () => 'is late' as const),
  ...Array.from({ length: 4 }, () => 'has a bad frame' as const),
  ...Array.from({ length: 10 }, () => 'is rendered' as const),
] as const;
export type Fate = (typeof FATES)[number];

/** Between which parts of the night, in percent, jobs of a fate are submitted. */
export const SUBMITTED: Readonly<Record<Fate, readonly [number, number]>> = {
  breaks: [0, 50],
  Suspended: [0, 50],
  Deleted: [0, 50],
  'is late': [97, 99],
  'has a bad frame': [0, 60],
  'is rendered': [0, 90],
};
