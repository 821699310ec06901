import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { parseDecimal } from '../parse/exact-number.ts';
import type { Attributes } from './attribute-value.ts';

/** What DynamoDB takes as one item, in bytes ("Quotas" of its developer guide). */
export const MAX_ITEM_BYTES = 409_600;

/**
 * The bytes that DynamoDB counts for an item, of which it bills each started 1,024 as a write unit:
 * names and strings in UTF-8; a null or a boolean, one; a list or a map, three, and one for each of
 * its elements ("DynamoDB Item sizes and formats" of its developer guide); a number, as
 * `numberSize` says.
 */
export function itemSize(item: Attributes): number {
  let size = 0;
  for (const name of Object.keys(item)) {
    size += Buffer.byteLength(name) + valueSize(item[name] as AttributeValue);
  }
  return size;
}

function valueSize(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return numberSize(value.N);
  if (value.M !== undefined) return 3 + Object.keys(value.M).length + itemSize(value.M);
  if (value.L !== undefined) {
    return value.L.reduce((size, element) => size + 1 + valueSize(element), 3);
  }
  return 1;
}

/**
 * One byte, one for each pair of digits counted from the decimal point, and one for a minus sign.
 * The guide calls this approximate; DynamoDB Local refuses an item exactly where this sum passes
 * `MAX_ITEM_BYTES`.
 */
function numberSize(text: string): number {
  const { sign, digits, exponent } = parseDecimal(text);
  const pairs = Math.ceil((digits.length + Math.abs(exponent % 2)) / 2);
  return 1 + pairs + sign.length;
}
