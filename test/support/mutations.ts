import fc from 'fast-check';
import { type Entry, type Node, spelled, type Text, text } from './model.ts';
import { oddKey, oddValue } from './odd.ts';

const KINDS = ['replace', 'delete', 'rename', 'add', 'repeat', 'rival'] as const;

/** One change of a message, at a place that is counted through it. */
interface Mutation {
  readonly kind: (typeof KINDS)[number];
  readonly at: number;
  readonly key: Text;
  readonly value: Node;
}

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom(...KINDS),
  at: fc.nat(),
  key: oddKey,
  value: oddValue,
});

/** What says which row a message is about: hit more often than all else in it. */
const IDENTITY = new Set([
  'NotificationInfo',
  'Name',
  'JobDetails',
  'TaskDetails',
  'JobID',
  'TaskID',
  'Status',
]);

/**
 * Changes a message.
 *
 * @param jobId ends each of its job ids, so that no two messages are about one row
 */
export function mutated(body: Node, mutations: readonly Mutation[], jobId: string): Node {
  for (const each of mutations) mutate(body, structuredClone(each));
  for (const entry of entriesIn(body).flat()) {
    const { key, value } = entry;
    if (key.value === 'JobID' && 'json' in value && value.held && 'S' in value.held) {
      entry.value = text(spelled(value.json.replace(/"$/, `${jobId}"`)));
    }
  }
  return body;
}

function mutate(body: Node, { kind, at, key, value }: Mutation): void {
  const all = entriesIn(body);
  if (kind === 'add') all[at % all.length]?.unshift({ key, value });
  const places = all.flatMap((entries) =>
    entries.flatMap((entry): { entries: Entry[]; entry: Entry }[] =>
      Array(IDENTITY.has(entry.key.value) ? 3 : 1).fill({ entries, entry }),
    ),
  );
  const place = places[at % places.length];
  if (place === undefined) return;
  const { entries, entry } = place;
  if (kind === 'replace') entry.value = value;
  if (kind === 'rename') entry.key = key;
  if (kind === 'delete') entries.splice(entries.indexOf(entry), 1);
  if (kind === 'repeat') entries.push({ key: entry.key, value });
  if (kind === 'rival') entries.splice(at % entries.length, 0, { key: rival(entry.key), value });
}

/** The name that a row may have for one: `aws_info` for `AWSInfo`. */
function rival({ value }: Text): Text {
  const name = value.replace(/(?<=[a-z]|AWS)(?=[A-Z])/g, '_').toLowerCase();
  return spelled(JSON.stringify(name));
}

/** The entries of each map and list. */
function entriesIn(node: Node): Entry[][] {
  if ('json' in node) return [];
  return [node.entries, ...node.entries.flatMap(({ value }) => entriesIn(value))];
}
