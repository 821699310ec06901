import { NumberValue } from '@aws-sdk/lib-dynamodb';
import type { ParquetWriter } from 'hyparquet-writer';
import { LATEST, parseTime } from '../../shared/notification-time.ts';
import { isoTime } from '../../terminal/time.ts';

/** How Parquet has a column. */
export type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number];

/** A value of a column. Times are in ms since the epoch. What is not known is null. */
export type Value = string | number | bigint | boolean | null;

/** What all values of a column have in common, in every format. */
export interface ValueType {
  /** What a row's field says; null if it has nothing that is of the type. */
  readonly read: (field: unknown) => Value;
  /** A known value in JSON and CSV, if it is not written as it is. */
  readonly inText?: (value: Value) => string | null;
  /** How Parquet has it. */
  readonly parquet: Omit<SchemaElement, 'name'>;
}

const INT_64 = 2n ** 63n;
const DECIMAL_38 = 10n ** 38n;

const STRING = { type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const;

export const VALUE_TYPES = {
  text: {
    // A row has null for Deadline's empty texts; other programs may write them.
    read: (field) => (typeof field === 'string' && field !== '' ? field : null),
    parquet: STRING,
  },
  /** A map, as JSON text without its empty fields. */
  json: { read: jsonText, parquet: STRING },
  flag: {
    read: (field) => (typeof field === 'boolean' ? field : null),
    parquet: { type: 'BOOLEAN' },
  },
  integer: {
    read: (field) => within(whole(field), INT_64),
    parquet: { type: 'INT64' },
  },
  /** An integer that is not negative. */
  count: {
    read: (field) => notNegative(within(whole(field), INT_64)),
    parquet: { type: 'INT64' },
  },
  /** A count for which 64 bits with a sign may be too few. */
  largeCount: {
    read: (field) => notNegative(within(whole(field), DECIMAL_38)),
    parquet: {
      type: 'FIXED_LEN_BYTE_ARRAY',
      type_length: 16,
      converted_type: 'DECIMAL',
      precision: 38,
      scale: 0,
    },
  },
  number: {
    read: (field) => {
      const number = field instanceof NumberValue ? Number(field.toString()) : field;
      return typeof number === 'number' && Number.isFinite(number) ? number : null;
    },
    parquet: { type: 'DOUBLE' },
  },
  time: {
    read: (field) => {
      const ms = typeof field === 'string' ? parseTime(field) : field;
      return typeof ms === 'number' && Math.abs(ms) <= LATEST ? Math.floor(ms) : null;
    },
    inText: (value) => isoTime(value as number),
    parquet: {
      type: 'INT64',
      converted_type: 'TIMESTAMP_MILLIS',
      logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
    },
  },
} as const satisfies Readonly<Record<string, ValueType>>;

/** A whole number of a row, exactly. */
function whole(field: unknown): bigint | null {
  if (typeof field === 'bigint') return field;
  if (typeof field === 'number') return Number.isSafeInteger(field) ? BigInt(field) : null;
  const text = field instanceof NumberValue ? field.toString() : '';
  return /^-?\d+$/.test(text) ? BigInt(text) : null;
}

function within(value: bigint | null, limit: bigint): bigint | null {
  return value !== null && -limit < value && value < limit ? value : null;
}

function notNegative(value: bigint | null): bigint | null {
  return value !== null && value >= 0n ? value : null;
}

/** Whether it is a map of DynamoDB's: lists, sets, binaries, and large numbers are objects, too. */
function isMap(value: unknown): value is object {
  return (
    Object.prototype.toString.call(value) === '[object Object]' && !(value instanceof NumberValue)
  );
}

function jsonText(field: unknown): string | null {
  const map = filled(field);
  if (!isMap(map)) return null;
  return JSON.stringify(map, (_, value) =>
    value instanceof NumberValue ? JSON.rawJSON(value.toString()) : value,
  );
}

/**
 * A value without what is empty in its maps, whose names are sorted, as DynamoDB keeps no order; `undefined` if nothing is
 * left. Elements of lists stay.
 */
function filled(value: unknown): unknown {
  if (value === null || value === '') return undefined;
  if (!isMap(value)) return value;
  const fields = Object.entries(value)
    .sort()
    .map(([name, field]) => [name, filled(field)] as const);
  const left = fields.filter(([, field]) => field !== undefined);
  return left.length > 0 ? Object.fromEntries(left) : undefined;
}
