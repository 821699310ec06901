import type { Transition } from '../../shared/history-entry.ts';

/** A message of the queue has at most 256 KB where it is safe (SQS's quotas), so a body stays far below. */
export const WEBHOOK_LIMITS = { transitions: 100, bytes: 128 * 1_024 } as const;

/** What is posted to a webhook: what was sent, as the history has it. */
export interface WebhookBody {
  readonly alert: string;
  readonly transitions: readonly Transition[];
}

/** As few bodies as the limits allow, which have all transitions, in their order. */
export function webhookBodies(alert: string, transitions: readonly Transition[]): WebhookBody[] {
  const rest = WEBHOOK_LIMITS.bytes - byteLength({ alert, transitions: [] });
  const bodies: Transition[][] = [];
  let room = 0;
  for (const transition of transitions) {
    const bytes = byteLength(transition) + 1;
    const last = bodies.at(-1);
    if (last && last.length < WEBHOOK_LIMITS.transitions && bytes <= room) {
      last.push(transition);
      room -= bytes;
    } else {
      bodies.push([transition]);
      room = rest - bytes;
    }
  }
  return bodies.map((each) => ({ alert, transitions: each }));
}

function byteLength(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
