import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { ATTRIBUTE_NAMES } from '../../shared/attribute-names.ts';
import { InvalidNotification } from '../../shared/errors.ts';
import type { EmptyFields } from '../../shared/setting-values.ts';
import { ExactNumber } from '../parse/exact-number.ts';
import type { Json } from '../parse/json.ts';

export type Attributes = Record<string, AttributeValue>;

const DEADLINE_NAMES: ReadonlyMap<string, string> = new Map(
  ATTRIBUTE_NAMES.entries().map(([name, attribute]) => [attribute, name]),
);

// DynamoDB's limits ("Service, account, and table quotas" and "Naming rules" of its developer guide).
const MAX_DEPTH = 32;
const MAX_NAME_BYTES = 65_535;
const MAX_DIGITS = 38;
const MAX_MAGNITUDE = 125;
const MIN_MAGNITUDE = -130;

/**
 * Converts the fields of a JSON object to attributes, and their names to those used in rows. If a body has
 * both `Timestamp` and `timestamp`, Deadline's name wins.
 *
 * @param emptyFields whether to keep empty fields, at every depth; elements of lists are always kept
 * @param own attributes that the row must have or, if `undefined`, must not have: fields with these names
 *   are left out
 * @param depth how many maps and lists contain this object
 * @throws InvalidNotification naming a field that DynamoDB cannot hold
 */
export function toAttributes(
  fields: { readonly [key: string]: Json },
  emptyFields: EmptyFields = 'keep',
  own: Readonly<Record<string, AttributeValue | undefined>> = {},
  depth = 0,
): Attributes {
  // No prototype, so that `__proto__` and `constructor` are ordinary names.
  const attributes: Attributes = Object.create(null);
  for (const key of Object.keys(fields)) {
    const rival = DEADLINE_NAMES.get(key);
    if (Object.hasOwn(own, key) || (rival !== undefined && Object.hasOwn(fields, rival))) continue;
    try {
      const name = ATTRIBUTE_NAMES.get(key) ?? checkedName(key);
      const value = toAttributeValue(fields[key] as Json, emptyFields, depth);
      if (emptyFields === 'omit' && isEmpty(value)) continue;
      attributes[name] = value;
    } catch (error) {
      throw within(key, error);
    }
  }
  for (const name of Object.keys(own)) {
    const value = own[name];
    if (value !== undefined) attributes[name] = value;
  }
  return attributes;
}

function toAttributeValue(value: Json, emptyFields: EmptyFields, depth: number): AttributeValue {
  switch (typeof value) {
    case 'string':
      if (value === '') return { NULL: true };
      return { S: checkedText(value) };
    case 'number':
      return { N: String(value) };
    case 'boolean':
      return { BOOL: value };
  }
  if (value === null) return { NULL: true };
  if (value instanceof ExactNumber) return { N: checkedNumber(value) };
  if (depth === MAX_DEPTH) {
    throw new InvalidNotification(`nested deeper than DynamoDB's ${MAX_DEPTH} levels`, []);
  }
  if (Array.isArray(value)) {
    return { L: value.map((element, index) => toElement(element, index, emptyFields, depth + 1)) };
  }
  return { M: toAttributes(value as { readonly [key: string]: Json }, emptyFields, {}, depth + 1) };
}

function toElement(
  element: Json,
  index: number,
  emptyFields: EmptyFields,
  depth: number,
): AttributeValue {
  try {
    return toAttributeValue(element, emptyFields, depth);
  } catch (error) {
    throw within(String(index), error);
  }
}

function within(key: string, error: unknown): unknown {
  return error instanceof InvalidNotification
    ? new InvalidNotification(error.problem, [key, ...error.path])
    : error;
}

function checkedName(name: string): string {
  if (name === '') throw new InvalidNotification('an empty name, which DynamoDB does not take', []);
  // A UTF-16 code unit has at most three bytes; nearly all names are far below the limit.
  if (name.length * 3 > MAX_NAME_BYTES && Buffer.byteLength(name) > MAX_NAME_BYTES) {
    throw new InvalidNotification(`a name of more than DynamoDB's ${MAX_NAME_BYTES} bytes`, []);
  }
  return checkedText(name);
}

function checkedText(text: string): string {
  if (!text.isWellFormed()) {
    throw new InvalidNotification('half of a surrogate pair, which UTF-8 cannot hold', []);
  }
  return text;
}

function checkedNumber({ precision, magnitude, text }: ExactNumber): string {
  if (precision > MAX_DIGITS) {
    throw new InvalidNotification(
      `a number of ${precision} digits; DynamoDB holds ${MAX_DIGITS}`,
      [],
    );
  }
  if (magnitude > MAX_MAGNITUDE || magnitude < MIN_MAGNITUDE) {
    throw new InvalidNotification(
      `the number ${text}; DynamoDB holds magnitudes from 1e${MIN_MAGNITUDE} to 9.9e${MAX_MAGNITUDE}`,
      [],
    );
  }
  return text;
}

/** Whether a value is empty. A list of empty values is not. */
function isEmpty({ NULL, L, M }: AttributeValue): boolean {
  return NULL !== undefined || L?.length === 0 || (M !== undefined && Object.keys(M).length === 0);
}
