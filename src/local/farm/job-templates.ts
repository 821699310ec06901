/** What departments submit. The numbers are the seconds per task (minimum, maximum) and chunk sizes. */
export const JOB_TEMPLATES = [
  template('lighting', 'lighting', 'MayaBatch', 'linux', [300, 1_500], [1, 2]),
  template('lighting', 'beauty', 'Katana', 'linux', [240, 1_200], [1]),
  template('fx', 'pyro', 'Houdini', 'highmem', [180, 1_200], [1, 2]),
  template('fx', 'cache', 'Houdini', 'highmem', [60, 600], [2, 5]),
  template('lookdev', 'turntable', 'Blender', 'gpu', [60, 420], [1, 2]),
  template('anim', 'playblast', 'MayaBatch', 'none', [10, 90], [5, 10]),
  template('comp', 'comp', 'Nuke', 'linux', [8, 120], [2, 5]),
  template('comp', 'slapcomp', 'Nuke', 'none', [3, 30], [1, 2]),
];

function template(
  department: string,
  step: string,
  plugin: string,
  group: string,
  taskSeconds: readonly [number, number],
  chunkSizes: readonly number[],
) {
  return { department, step, plugin, group, taskSeconds, chunkSizes };
}
