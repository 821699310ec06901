import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { EXPIRES_AT } from '../../shared/attribute-names.ts';
import { ExactNumber, parseDecimal } from '../parse/exact-number.ts';
import type { Attributes } from './attribute-value.ts';

/** The names of notifications about a start. Deadline documents only that of a task. */
const START = /^(Job)?Started/;

/**
 * Orders two notifications of a row that were sent at the same time: positive if `a` counts as the newer, 0
 * if they say the same. A stop is newer than a start; otherwise, the greater text is. So which one wins does
 * not depend on the order of arrival.
 */
export function compareContents(a: Attributes, b: Attributes): number {
  const byType = Number(isStart(b)) - Number(isStart(a));
  return byType || compareTexts(canonicalText(a), canonicalText(b));
}

function isStart({ task_type }: Attributes): boolean {
  return START.test(task_type?.S ?? '');
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a > b ? 1 : -1;
}

/**
 * The same text for an item and for the row that it became: names in order, numbers in one spelling. What
 * depends on settings is not part of it: when a row expires, empty fields, and the index of what renders.
 */
function canonicalText({ [EXPIRES_AT]: _, rendering: __, ...attributes }: Attributes): string {
  return JSON.stringify(canonicalMap(attributes));
}

/** A list, since objects have an order of their own for names that look like numbers. */
function canonicalMap(attributes: Attributes): unknown[] {
  return Object.entries(attributes)
    .map(([name, value]) => [name, canonicalValue(value)] as const)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => compareTexts(a, b));
}

/** `undefined` for an empty value. */
function canonicalValue(value: AttributeValue): unknown {
  if (value.NULL !== undefined) return undefined;
  if (value.N !== undefined) return { N: new ExactNumber(parseDecimal(value.N)).text };
  if (value.L !== undefined) return ifAny('L', value.L.map(canonicalValue));
  if (value.M !== undefined) return ifAny('M', canonicalMap(value.M));
  return value;
}

function ifAny(type: string, elements: readonly unknown[]): object | undefined {
  return elements.length > 0 ? { [type]: elements } : undefined;
}
