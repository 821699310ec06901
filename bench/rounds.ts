/**
 * Measures several sides in turn, round by round, each round beginning with another one, so that what
 * speeds or slows the machine meets them all.
 *
 * @returns the samples of each side, one a round
 */
export async function rounds<Side, Sample>(
  count: number,
  sides: readonly Side[],
  measure: (side: Side) => Promise<Sample>,
): Promise<Map<Side, Sample[]>> {
  const samples = new Map<Side, Sample[]>(sides.map((side) => [side, []]));
  for (let round = 0; round < count; round += 1) {
    const first = round % sides.length;
    for (const side of [...sides.slice(first), ...sides.slice(0, first)]) {
      samples.get(side)?.push(await measure(side));
    }
  }
  return samples;
}
