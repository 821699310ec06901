import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** What becomes of a field that holds nothing: it is in the row, as null or empty, or it is left out. */
export const EMPTY_FIELDS = ['keep', 'omit'] as const;
export type EmptyFields = (typeof EMPTY_FIELDS)[number];

/** Whether a value holds nothing. A list of empty values does hold them. */
export function isEmpty({ NULL, L, M }: AttributeValue): boolean {
  return NULL !== undefined || L?.length === 0 || (M !== undefined && Object.keys(M).length === 0);
}
