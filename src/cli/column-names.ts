/** The columns of the commands that list, by the command's own name: what people can choose by name. */
export const COLUMN_NAMES: Readonly<Record<string, readonly string[]>> = {
  failed: columns(
    'time status job user failed plugin ran errors workers id frames since tasks department pool batch',
  ),
  jobs: columns(
    'time status job failed ran user id plugin department errors batch pool group priority tasks frames submitted started completed reason',
  ),
  tasks: columns('task status frames worker started ran errors reason progress'),
  rendering: columns('since for worker task frames user ghost job id errors plugin'),
  watch: columns('time status job task frames worker errors ran user plugin reason id'),
  history: columns('time transition task worker ran errors frames reason status'),
  stats: columns(
    'jobs tasks completed failed rendering other rendered wasted mean median p95 longest errors ram cpu output jobsCompleted jobsFailed jobsSuspended jobsDeleted renderOf wastedOf errorsOf peakRamOf cpuOf outputOf wastedTries usedCpuClocks availableCpuClocks',
  ),
  alerts: columns('name when filters to message mention'),
  list: columns('message sent about reason'),
};

function columns(names: string): string[] {
  return names.split(' ');
}
