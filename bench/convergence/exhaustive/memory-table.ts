import { isDeepStrictEqual } from 'node:util';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Attributes } from '../../../src/ingest/item/attribute-value.ts';
import type { Edit } from '../../../src/ingest/store/edit.ts';

/**
 * The row after an edit, as DynamoDB would make it.
 *
 * @param row `undefined` if there is none
 * @returns `lost` if the row is not as the edit needs it
 */
export function applyEdit(row: Attributes | undefined, edit: Edit): Attributes | 'lost' {
  if ('insert' in edit) return row === undefined ? edit.insert : 'lost';
  const { set, remove, where } = edit;
  if (row === undefined) return 'lost';
  const holds = ([name, value]: [string, AttributeValue | undefined]) =>
    isDeepStrictEqual(row[name], value);
  if (![...where].every(holds)) return 'lost';
  const kept = Object.entries(row).filter(([name]) => !remove.includes(name));
  return { ...Object.fromEntries(kept), ...set };
}
