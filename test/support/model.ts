import { numberOf } from './numbers.ts';
import type { RawItem } from './test-tables.ts';

/** What DynamoDB holds, in a form of its own: maps that know no prototype, numbers in one spelling. */
export type Held =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly L: readonly Held[] }
  | { readonly M: Row };
export type Row = ReadonlyMap<string, Held>;

/** A string, and how a message spells it. */
export interface Text {
  readonly value: string;
  readonly json: string;
}

/** A value of a message: its JSON, and what DynamoDB has to hold for it, if it can. */
export interface Leaf {
  readonly json: string;
  readonly held: Held | undefined;
}

/** In a list the keys say nothing. */
export interface Entry {
  key: Text;
  value: Node;
}

/** A message as it is written, with keys in their order, twice where they come twice. */
export type Node = Leaf | { readonly kind: 'list' | 'map'; readonly entries: Entry[] };

/** A text as JSON spells it. */
export function spelled(json: string): Text {
  return { value: JSON.parse(json), json };
}

export function text({ value, json }: Text): Leaf {
  if (value === '') return { json, held: { NULL: true } };
  return { json, held: isUtf8(value) ? { S: value } : undefined };
}

export function isUtf8(text: string): boolean {
  return Buffer.from(text).toString() === text;
}

export function number(json: string): Leaf {
  const { exact, digits, magnitude } = numberOf(json);
  const isHeld = digits === 0 || (digits <= 38 && magnitude <= 125 && magnitude >= -130);
  return { json, held: isHeld ? { N: exact } : undefined };
}

export function nodeOf(value: unknown): Node {
  const json = JSON.stringify(value);
  if (typeof value === 'string') return text({ value, json });
  if (typeof value === 'number') {
    return Number.isFinite(value) ? number(json) : { json: '1e999', held: undefined };
  }
  if (typeof value === 'boolean') return { json, held: { BOOL: value } };
  if (value === null) return { json, held: { NULL: true } };
  const entries = Object.entries(value as object).map(([name, each]) => ({
    key: spelled(JSON.stringify(name)),
    value: nodeOf(each),
  }));
  return { kind: Array.isArray(value) ? 'list' : 'map', entries };
}

export function jsonOf(node: Node): string {
  if ('json' in node) return node.json;
  return node.kind === 'list'
    ? `[${node.entries.map(({ value }) => jsonOf(value)).join()}]`
    : `{${node.entries.map(({ key, value }) => `${key.json}:${jsonOf(value)}`).join()}}`;
}

/** A row as DynamoDB writes it, its numbers as some function reads them. */
export function rowOf(item: RawItem, read = (number: string) => number): Row {
  const held = (value: RawItem[string]): Held => {
    if (value.N !== undefined) return { N: numberOf(read(value.N)).exact };
    if (value.L !== undefined) return { L: value.L.map(held) };
    if (value.M !== undefined) return { M: rowOf(value.M, read) };
    return value as Held;
  };
  return new Map(Object.entries(item).map(([name, value]) => [name, held(value)]));
}
