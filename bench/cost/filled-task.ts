import stopped from '../../src/shared/samples/stopped-task.json' with { type: 'json' };

/**
 * The documented notification of a stopped task with all its counters filled, as those of a task may be
 * that took 14 minutes of 16 cores: made up, as the documented one has zeros.
 */
export const filledTask = {
  ...stopped,
  TaskDetails: {
    ...stopped.TaskDetails,
    RenderTime: '00:14:27.4830000',
    OutputFileSizeBytes: 48_234_567,
    AverageRamUsageBytes: 12_884_901_888,
    AverageRamUtilizationPercent: 38,
    PeakRamUsageBytes: 25_769_803_776,
    PeakRamUtilizationPercent: 76,
    AverageCpuUtilizationPercent: 91,
    PeakCPUUtilizationPercent: 100,
    AverageSwapBytes: 1_073_741_824,
    PeakSwapBytes: 2_147_483_648,
    UsedCPUClocks: 38_012_345_678_901,
    AvailableCPUClocks: 41_772_907_438_214,
  },
};
