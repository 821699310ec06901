import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { parseDecimal } from '../parse/exact-number.ts';
import type { Attributes } from './attribute-value.ts';

/** DynamoDB's limit for an item, in bytes ("Quotas" in its developer guide). */
export const MAX_ITEM_BYTES = 409_600;

/**
 * The size of an item as DynamoDB counts it, in bytes; each started 1,024 bytes are a write unit. Names and
 * strings count in UTF-8, a null or boolean 1, a list or map 3 plus 1 per element ("DynamoDB Item sizes and
 * formats" in its developer guide), and a number as in `numberSize`.
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
 * 1 byte, plus 1 per pair of digits counted from the decimal point, plus 1 for a minus sign. The guide
 * calls this approximate; DynamoDB Local rejects items exactly when this sum exceeds `MAX_ITEM_BYTES`.
 */
function numberSize(text: string): number {
  const { sign, digits, exponent } = parseDecimal(text);
  const pairs = Math.ceil((digits.length + Math.abs(exponent % 2)) / 2);
  return 1 + pairs + sign.length;
}
