import { expect, test } from 'vitest';
import {
  RENDERING_PARTITIONS,
  renderingPartition,
} from '../../../src/shared/rendering-partition.ts';

test.for([
  ['', '5'],
  ['a', '4'],
  ['5f15e68eb8274818a0570167', '5'],
  ['5f2eec286ad75c0c9cca7fbc', '2'],
  ['部屋', '4'],
])('the job %s is always in the partition %s, as rows have it', ([jobId, partition]) => {
  expect(renderingPartition(jobId as string)).toBe(partition);
});

test.for<[string, (index: number) => string]>([
  ['submitted in one second', (index) => `6b06fe173e85c13658${(0xd3eed9 + index).toString(16)}`],
  ['submitted over days', (index) => `${(0x6b06fe17 + index * 97).toString(16)}3e85c13658d3eed9`],
  ['that a number tells apart', (index) => `job-${index}`],
])('1,000 jobs %s are spread evenly', ([, idOf]) => {
  const counts = new Map(RENDERING_PARTITIONS.map((each) => [each, 0]));
  for (let index = 0; index < 1_000; index += 1) {
    const partition = renderingPartition(idOf(index));
    counts.set(partition, (counts.get(partition) ?? 0) + 1);
  }
  expect(counts.size).toBe(8);
  for (const count of counts.values()) {
    expect(count).toBeGreaterThan(90);
    expect(count).toBeLessThan(160);
  }
});
