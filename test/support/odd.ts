import fc from 'fast-check';
import { type Entry, type Node, nodeOf, number, spelled, type Text, text } from './model.ts';
import { jsonNumber } from './numbers.ts';

/** What may stand in a JSON string, as it is spelled there. */
const CHARACTERS = String.raw`a . $ ' é € 😀 \u0020 \/ \u0041 \u007f \ud83d\ude00 \u2028 \ufeff \uffff`;
const ESCAPED = String.raw`\" \\ \n \r \u0000`;
const HALVES = String.raw`\ud83d \ude00`;

function wordOf(characters: string): fc.Arbitrary<Text> {
  const character = fc.oneof(
    { weight: 40, arbitrary: fc.constantFrom(...characters.split(' ')) },
    { weight: 1, arbitrary: fc.constantFrom(...HALVES.split(' ')) },
  );
  return fc.array(character, { maxLength: 6 }).map((all) => spelled(`"${all.join('')}"`));
}

/** Names that mean something: to JavaScript, in a notification, or in a row. */
const NAMES = [
  ...'__proto__ constructor prototype toString toJSON then length 0 -1'.split(' '),
  ...'JobDetails TaskDetails NotificationInfo WorkerInfo AWSInfo PROTOCOL'.split(' '),
  ...'Timestamp Source Name JobID TaskID job_details task_details aws_info'.split(' '),
  ...'timestamp source job_id task_id task_type task_status rendering sent_timestamp'.split(' '),
];
const name = fc.tuple(fc.constantFrom(...NAMES), fc.boolean()).map(([name, isEscaped]) => {
  const code = name.charCodeAt(0).toString(16).padStart(4, '0');
  return spelled(isEscaped ? `"\\u${code}${name.slice(1)}"` : `"${name}"`);
});

/**
 * Without names that have to be escaped in a request: once DynamoDB Local has seen many thousands, it
 * takes one for another now and then. `test/corpus` has such names.
 */
export const oddKey = fc.oneof(name, wordOf(CHARACTERS));

const NUMBERS = [
  ...'0 -0 -0.0E+5 0e400 7 -3 1.0 1e2 0.5 0.1 0.30000000000000004'.split(' '),
  ...'9007199254740991 9007199254740992 -9007199254740993 18446744073709551615'.split(' '),
  ...'1E-130 1E-131 9.9e125 1e126 1e400 1e-400'.split(' '),
  ...['9'.repeat(38), '9'.repeat(39), `1${'0'.repeat(60)}.${'0'.repeat(60)}`],
];
/** With the job id of a test, of 36 bytes, the longer of these is too long for a key. */
const LONG = [2_012, 2_013].map((length) => 'x'.repeat(length));
const leaf = fc.oneof(
  fc.constantFrom(...NUMBERS).map(number),
  jsonNumber(42, 150).map(number),
  wordOf(`${CHARACTERS} ${ESCAPED}`).map(text),
  fc
    .constantFrom(
      'JobX',
      'job',
      'StartedTaskNotification',
      'Failed',
      'Rendering',
      null,
      true,
      false,
      ...LONG,
    )
    .map(nodeOf),
);

const { tree } = fc.letrec<{ tree: Node; entries: Entry[] }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    { weight: 4, arbitrary: leaf },
    fc.record({ kind: fc.constantFrom('list', 'map'), entries: tie('entries') }),
  ),
  entries: fc.array(fc.record({ key: oddKey, value: tie('tree') }), { maxLength: 4 }),
}));

/** Maps or lists in each other, as many as DynamoDB takes, or a few more or fewer. */
const deep = fc
  .tuple(fc.integer({ min: 29, max: 33 }), fc.constantFrom('list', 'map'), oddKey)
  .map(([levels, kind, key]) =>
    Array.from({ length: levels }).reduce<Node>(
      (value) => ({ kind, entries: [{ key, value }] }),
      nodeOf(''),
    ),
  );

export const oddValue: fc.Arbitrary<Node> = fc.oneof({ weight: 12, arbitrary: tree }, deep);
