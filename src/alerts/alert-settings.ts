import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { type Alert, parseAlerts } from '../shared/alerts/alert.ts';
import { InvalidSettings } from '../shared/errors.ts';
import { isTimeZone } from '../shared/time-zone.ts';

/** The settings of the function of alerts. */
export interface AlertSettings {
  readonly alerts: readonly Alert[];
  readonly tables: { readonly job: string; readonly history: string };
  readonly queueUrl: string;
  /** An IANA name. */
  readonly timeZone: string;
  /** `undefined` where it is the default. */
  readonly stackName: string | undefined;
}

/** The folder of the bundle, which is CommonJS. Where there is no bundle, `ALERTS_FILE` is set. */
const FOLDER = typeof __dirname === 'string' ? __dirname : '.';

const text = z.string('is missing').check(z.minLength(1, 'must not be empty'));

const Environment = z.object({
  ALERTS_FILE: z._default(text, join(FOLDER, 'alerts.json')),
  JOB_TABLE_NAME: text,
  HISTORY_TABLE_NAME: text,
  ALERT_QUEUE_URL: text.check(
    z.refine((url) => URL.canParse(url), 'must be the URL of an SQS queue'),
  ),
  TIME_ZONE: z._default(
    text.check(z.refine(isTimeZone, 'must be a time zone such as America/New_York')),
    'UTC',
  ),
  STACK_NAME: z.optional(text),
  ALERT_URLS: z.optional(z.literal('yes', 'must be yes, or not set')),
});

/**
 * Reads the function's settings from its environment, and its alerts from their file.
 *
 * @throws InvalidSettings naming each variable that is missing or not valid, or what is wrong with each alert
 */
export function readAlertSettings(environment: NodeJS.ProcessEnv): AlertSettings {
  const { success, data, error } = z.safeParse(Environment, environment, { jitless: true });
  if (!success) {
    const problems = error.issues.map(({ path, message }) => `${path.join()} ${message}`);
    throw new InvalidSettings(`Environment variables: ${problems.join('; ')}`);
  }
  return {
    alerts: readAlerts(data.ALERTS_FILE, data.ALERT_URLS === 'yes'),
    tables: { job: data.JOB_TABLE_NAME, history: data.HISTORY_TABLE_NAME },
    queueUrl: data.ALERT_QUEUE_URL,
    timeZone: data.TIME_ZONE,
    stackName: data.STACK_NAME,
  };
}

function readAlerts(path: string, takesUrls: boolean): readonly Alert[] {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new InvalidSettings(`Cannot read the alerts in ${path}: ${reason}`, { cause });
  }
  const parsed = parseAlerts(value, takesUrls);
  if ('alerts' in parsed) return parsed.alerts;
  throw new InvalidSettings(`${path}: ${parsed.problems.join('; ')}`);
}
