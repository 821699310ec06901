import { runCli } from '../../src/cli/program.ts';
import { measureInRounds } from '../rounds.ts';
import { queryPlainly } from './plain-query.ts';

/** What a process measures. */
export interface StatisticsTask {
  readonly subjects: readonly Subject[];
  readonly rounds: number;
  /** Rounds that are not measured. */
  readonly warmUp: number;
}

export type Subject = 'stats' | 'plain query';

/** What it measured: the times of each subject in s, and the most memory that the process had, in bytes. */
export interface StatisticsSample {
  readonly seconds: Readonly<Record<string, number[]>>;
  readonly cpuSeconds: Readonly<Record<string, number[]>>;
  readonly peakMemory: number;
}

const never = new AbortController().signal;
const WORK: Readonly<Record<Subject, () => Promise<unknown>>> = {
  stats: () => runCli(['stats', '--since', '1d', '--by', 'user', '--json'], never, never),
  'plain query': queryPlainly,
};

process.once('message', async ({ task }: { task: StatisticsTask }) => {
  const { subjects, rounds, warmUp } = task;
  for (let round = 0; round < warmUp; round += 1) {
    for (const subject of subjects) await WORK[subject]();
  }
  const cpu = new Map<Subject, number[]>(subjects.map((subject) => [subject, []]));
  const samples = await measureInRounds(rounds, subjects, async (subject) => {
    const [begin, before] = [performance.now(), process.cpuUsage()];
    await WORK[subject]();
    const { user, system } = process.cpuUsage(before);
    cpu.get(subject)?.push((user + system) / 1e6);
    return (performance.now() - begin) / 1_000;
  });
  process.send?.({
    seconds: Object.fromEntries(samples),
    cpuSeconds: Object.fromEntries(cpu),
    peakMemory: process.resourceUsage().maxRSS * 1_024,
  } satisfies StatisticsSample);
  process.disconnect();
});
