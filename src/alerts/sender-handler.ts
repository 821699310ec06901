/** A stand-in, so that the stack can be synthesized. */
export async function handler(): Promise<never> {
  throw new Error('Nothing sends alerts yet');
}
