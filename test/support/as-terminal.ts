/**
 * Does some work while standard output passes for a terminal of so many columns: what it prints is still
 * captured. For all that pseudo-terminals have no part in.
 */
export async function asTerminal<T>(columns: number, work: () => Promise<T>): Promise<T> {
  const { stdout } = process;
  const own = { isTTY: stdout.isTTY, columns: stdout.columns };
  Object.assign(stdout, { isTTY: true, columns });
  try {
    return await work();
  } finally {
    Object.assign(stdout, own);
  }
}
