import * as z from 'zod/mini';
import { InvalidSettings } from '../shared/errors.ts';
import type { EventRules } from './event-entry.ts';

const text = z.optional(z.string().check(z.minLength(1, 'must not be empty')));

const Environment = z.object({ EVENT_BUS_NAME: text, FARM_ID: text, QUEUE_ID: text });

/**
 * Reads the function's settings from its environment. All are optional.
 *
 * @throws InvalidSettings naming each variable that is not valid
 */
export function readEventSettings(environment: NodeJS.ProcessEnv): EventRules {
  const { success, data, error } = z.safeParse(Environment, environment, { jitless: true });
  if (success) {
    return { eventBus: data.EVENT_BUS_NAME, farmId: data.FARM_ID, queueId: data.QUEUE_ID };
  }
  const problems = error.issues.map(({ path, message }) => `${path.join()} ${message}`);
  throw new InvalidSettings(`Environment variables: ${problems.join('; ')}`);
}
