import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Attributes } from '../item/attribute-value.ts';
import type { Item } from '../item/item.ts';
import { fitsStatement } from '../item/statement-size.ts';
import { hasInstant, haveSameTimes, readVersion } from '../item/version.ts';

/** An item to write, and the row that it replaces. */
export interface Change {
  readonly item: Item;
  /** The row as it was read; `undefined` if there was none. */
  readonly stored: Attributes | undefined;
}

/** A change of a row, which the table makes only if the row still is as it was read. */
export type Edit = Insert | Update;

/** Inserts a row. There must be none with its key. */
export interface Insert {
  readonly insert: Attributes;
}

/** Sets the attributes of a row, and removes others. The row must exist. */
export interface Update {
  readonly key: Attributes;
  /** Includes the key. */
  readonly set: Attributes;
  readonly remove: readonly string[];
  /** The values that the row must still have; `undefined` if it must not have the attribute. */
  readonly where: ReadonlyMap<string, AttributeValue | undefined>;
}

/** With the index keys, the attributes that tell one state of a row from another, if its times do. */
const IDENTIFYING = ['sent_timestamp', 'timestamp', 'task_type'];

/** The part of a statement that the names of a row may take, to be compared as a whole. */
const PARTS = 4;

/** The edit that turns the row into the item. */
export function toEdit({ item, stored }: Change): Edit {
  const { key, attributes } = item;
  if (stored === undefined) return { insert: attributes };
  const names = identifying(item, stored);
  return {
    key,
    set: attributes,
    remove: Object.keys(stored).filter((name) => !Object.hasOwn(attributes, name)),
    where: new Map(names.map((name) => [name, stored[name]])),
  };
}

/**
 * The attributes that tell whether the row is still the one that was read. Where other notifications may have
 * the same times, these are all of its attributes.
 */
function identifying({ version, key, indexKeys }: Item, stored: Attributes): readonly string[] {
  const storedVersion = readVersion(stored);
  const isUnique = hasInstant(storedVersion) && !haveSameTimes(version, storedVersion);
  const least = [...IDENTIFYING, ...indexKeys];
  if (isUnique || !fitsStatement(stored, PARTS)) return least;
  const names = new Set([...least, ...Object.keys(stored)]);
  return [...names].filter((name) => !Object.hasOwn(key, name));
}
