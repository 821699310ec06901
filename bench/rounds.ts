/**
 * Measures several subjects in turn, round by round. Each round starts with a different subject, so that
 * fluctuations of the machine affect all of them equally.
 *
 * @returns the samples of each subject, one per round
 */
export async function measureInRounds<Subject, Sample>(
  rounds: number,
  subjects: readonly Subject[],
  measure: (subject: Subject) => Promise<Sample>,
): Promise<Map<Subject, Sample[]>> {
  const samples = new Map<Subject, Sample[]>(subjects.map((subject) => [subject, []]));
  for (let round = 0; round < rounds; round += 1) {
    const first = round % subjects.length;
    for (const subject of [...subjects.slice(first), ...subjects.slice(0, first)]) {
      samples.get(subject)?.push(await measure(subject));
    }
  }
  return samples;
}
