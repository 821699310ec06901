import { join } from 'node:path';
import { startCloudFormationLocal } from '../../src/local/engines/cloudformation-local.ts';
import { LOCAL, localEngines } from '../../src/local/engines/environment.ts';
import { resourceNames } from '../../src/shared/resource-names.ts';
import type { Report } from '../benchmarks.ts';
import { runChildProcess } from '../child-process.ts';
import { summarize, summarizeRatio } from '../figure.ts';
import { startFarmOfJobs } from './farm-of-jobs.ts';
import type { StatisticsSample, StatisticsTask } from './statistics-process.ts';

const FARM = { jobs: 1_000, tasksPerJob: 100 };
const [ROUNDS, WARM_UP] = [5, 1];
const MIB = 2 ** 20;

export const about = `\`stats --by user\` over ${FARM.jobs.toLocaleString('en-US')} jobs of ${FARM.tasksPerJob} tasks each, without a history, against a stub of DynamoDB in another
process that has the documented task with its counters filled:

- **stats**: the command, with its output as JSON
- **plain query**: queries of the same rows with the AWS SDK's document client and its paginators, as many at once, whose
  rows are only counted

Both take turns in one process. Memory is that of processes that do one of them, once.`;

const SUBJECTS = ['stats', 'plain query'] as const;

/** Measures how long statistics take, and how much memory. */
export async function run(signal: AbortSignal): Promise<Report> {
  using farm = await startFarmOfJobs(FARM, signal);
  const { name, jobTable, taskTable } = resourceNames();
  await using cloudFormation = await startCloudFormationLocal(name, {
    QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/none',
    DeadLetterQueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/none',
    JobTableName: jobTable,
    TaskTableName: taskTable,
    NewestBy: 'sent_timestamp',
    RetentionDays: 'off',
    EmptyFields: 'keep',
  });
  const env = {
    ...process.env,
    ...localEngines(farm.endpoint, LOCAL.credentials),
    AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.endpoint,
  };
  const measure = async (task: StatisticsTask) => {
    const path = join(import.meta.dirname, 'statistics-process.ts');
    const [sample] = await runChildProcess<StatisticsSample>(path, { task, env, signal });
    return sample as StatisticsSample;
  };
  const { seconds, cpuSeconds } = await measure({
    subjects: SUBJECTS,
    rounds: ROUNDS,
    warmUp: WARM_UP,
  });
  const memory = new Map<string, number>();
  for (const subject of SUBJECTS) {
    const { peakMemory } = await measure({ subjects: [subject], rounds: 1, warmUp: 0 });
    memory.set(subject, peakMemory / MIB);
  }
  const [plain, plainCpu] = [seconds['plain query'] ?? [], cpuSeconds['plain query'] ?? []];
  return {
    blocks: [
      {
        title: `${(FARM.jobs * FARM.tasksPerJob).toLocaleString('en-US')} tasks`,
        rows: SUBJECTS.map((subject) => ({
          name: subject,
          'time / plain query': summarizeRatio(seconds[subject] ?? [], plain),
          'CPU time / plain query': summarizeRatio(cpuSeconds[subject] ?? [], plainCpu),
          seconds: summarize(seconds[subject] ?? []),
          'peak memory (MiB)': memory.get(subject) ?? 0,
        })),
      },
    ],
  };
}
