import * as z from 'zod/mini';
import { InvalidSettings } from '../shared/errors.ts';
import type { Kind } from '../shared/kinds.ts';
import { RetentionDays } from '../shared/retention-days.ts';
import {
  EMPTY_FIELDS,
  HISTORY,
  HISTORY_DAYS,
  NEWEST_BY,
  RENDERING,
} from '../shared/setting-values.ts';
import type { EntryRules } from './history/entry.ts';
import type { Rules } from './ingest.ts';

/** The function's settings, from its environment. */
export interface Settings {
  readonly tables: Readonly<Record<Kind, string>>;
  readonly rules: Rules;
  /** `undefined` where it is off. */
  readonly history: (EntryRules & { readonly tableName: string }) | undefined;
}

const tableName = z
  .string('is missing: it must name a DynamoDB table')
  .check(
    z.regex(/^[\w.-]{3,255}$/, 'must be a DynamoDB table name: 3 to 255 of a-z A-Z 0-9 _ . -'),
  );

const Environment = z
  .object({
    JOB_TABLE_NAME: tableName,
    TASK_TABLE_NAME: tableName,
    NEWEST_BY: z.enum(NEWEST_BY, `must be one of ${NEWEST_BY.join(', ')}`),
    RETENTION_DAYS: z.optional(RetentionDays),
    EMPTY_FIELDS: z._default(
      z.enum(EMPTY_FIELDS, `must be one of ${EMPTY_FIELDS.join(', ')}`),
      'keep',
    ),
    RENDERING: z._default(z.enum(RENDERING, `must be one of ${RENDERING.join(', ')}`), 'off'),
    HISTORY: z._default(z.enum(HISTORY, `must be one of ${HISTORY.join(', ')}`), 'off'),
    HISTORY_DAYS: z._default(RetentionDays, HISTORY_DAYS),
    HISTORY_TABLE_NAME: z.optional(tableName),
  })
  .check(
    z.refine(({ HISTORY, HISTORY_TABLE_NAME }) => HISTORY === 'off' || HISTORY_TABLE_NAME, {
      path: ['HISTORY_TABLE_NAME'],
      error: 'is missing: it must name a DynamoDB table where HISTORY is on',
    }),
  )
  .check(
    z.refine(({ JOB_TABLE_NAME, TASK_TABLE_NAME }) => JOB_TABLE_NAME !== TASK_TABLE_NAME, {
      path: ['TASK_TABLE_NAME'],
      error: 'must not be the same table as JOB_TABLE_NAME',
    }),
  );

/** Parsed only once, so compiling a parser is not worthwhile. */
const ONCE = { jitless: true };

/** @throws InvalidSettings naming each variable that is missing or not valid */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const { success, data, error } = z.safeParse(Environment, environment, ONCE);
  if (!success) {
    const problems = error.issues.map(({ path, message }) => `${path.join()} ${message}`);
    throw new InvalidSettings(`Environment variables: ${problems.join('; ')}`);
  }
  const { HISTORY: level, HISTORY_DAYS: days, HISTORY_TABLE_NAME: name } = data;
  return {
    tables: { job: data.JOB_TABLE_NAME, task: data.TASK_TABLE_NAME },
    rules: {
      newestBy: data.NEWEST_BY,
      retentionDays: data.RETENTION_DAYS,
      emptyFields: data.EMPTY_FIELDS,
      rendering: data.RENDERING,
    },
    history: level === 'off' ? undefined : { level, days, tableName: name as string },
  };
}
