import { useEffect, useState } from 'preact/hooks';

/**
 * The server's time now, drawn anew once a second.
 *
 * @param now the server's time when it answered
 * @param gotAt when its answer came, as `performance.now()` has it
 * @param isStopped whether it stands still, as the board is cut off
 */
export function useServerClock(now: number, gotAt: number, isStopped: boolean): number {
  const [tick, setTick] = useState(() => performance.now());
  useEffect(() => {
    if (isStopped) return;
    const timer = setInterval(() => {
      if (!document.hidden) setTick(performance.now());
    }, 1000);
    return () => clearInterval(timer);
  }, [isStopped]);
  return isStopped ? now : now + Math.max(0, tick - gotAt);
}
