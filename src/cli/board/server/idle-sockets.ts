import type { Socket } from 'node:net';

/**
 * Bounds how many connections are open without a request. The one that has been idle for longest gives way to a new one,
 * so whoever opens thousands and says nothing pushes out their own, and nobody waits.
 */
export class IdleSockets {
  readonly #most: number;
  /** In the order in which they became idle. */
  readonly #idle = new Set<Socket>();

  constructor(most: number) {
    this.#most = most;
  }

  /** It was opened, or its request is done. */
  add(socket: Socket): void {
    this.#idle.add(socket);
    const [longest] = this.#idle;
    if (this.#idle.size > this.#most) longest?.destroy();
    if (longest?.destroyed) this.#idle.delete(longest);
  }

  /** It has a request, or is closed. */
  delete(socket: Socket): void {
    this.#idle.delete(socket);
  }
}
