/**
 * What departments render: how many s a task takes, at least and at most, and how many frames it
 * may have.
 */
export const WORK = [
  work('lighting', 'lighting', 'MayaBatch', 'linux', [300, 1_500], [1, 2]),
  work('lighting', 'beauty', 'Katana', 'linux', [240, 1_200], [1]),
  work('fx', 'pyro', 'Houdini', 'highmem', [180, 1_200], [1, 2]),
  work('fx', 'cache', 'Houdini', 'highmem', [60, 600], [2, 5]),
  work('lookdev', 'turntable', 'Blender', 'gpu', [60, 420], [1, 2]),
  work('anim', 'playblast', 'MayaBatch', 'none', [10, 90], [5, 10]),
  work('comp', 'comp', 'Nuke', 'linux', [8, 120], [2, 5]),
  work('comp', 'slapcomp', 'Nuke', 'none', [3, 30], [1, 2]),
];

function work(
  department: string,
  step: string,
  plugin: string,
  group: string,
  seconds: readonly [number, number],
  chunks: readonly number[],
) {
  return { department, step, plugin, group, seconds, chunks };
}
