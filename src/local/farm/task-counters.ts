import type { Machine } from './machines.ts';
import type { Random } from './random.ts';

const CLOCKS_PER_MS = 3_000_000;

/** The counters in `TaskDetails` of a rendered task. Sizes are in bytes. */
export type TaskCounters = ReturnType<typeof generateCounters>;

/**
 * Generates plausible counters.
 *
 * @param time the render time in ms; below 50 days on 64 CPUs, JavaScript numbers hold all counters exactly
 * @param frames the number of frames written
 */
export function generateCounters(
  { cpus, ramBytes }: Machine,
  time: number,
  frames: number,
  random: Random,
) {
  const averageRam = random.int(10, 55);
  const peakRam = averageRam + random.int(2, 40);
  const averageCpu = random.int(35, 97);
  const swap = random.chance(10) ? random.int(1, 40) * 100_000_000 : 0;
  const clocks = Math.max(0, time) * CLOCKS_PER_MS * cpus;
  return {
    OutputFileSizeBytes: frames * random.int(4_000_000, 60_000_000),
    AverageRamUsageBytes: Math.floor((ramBytes * averageRam) / 100),
    AverageRamUtilizationPercent: averageRam,
    PeakRamUsageBytes: Math.floor((ramBytes * peakRam) / 100),
    PeakRamUtilizationPercent: peakRam,
    AverageCpuUtilizationPercent: averageCpu,
    PeakCPUUtilizationPercent: random.int(averageCpu, 100),
    AverageSwapBytes: Math.floor(swap / 2),
    PeakSwapBytes: swap,
    UsedCPUClocks: Math.floor((clocks * averageCpu) / 100),
    AvailableCPUClocks: clocks,
  };
}
