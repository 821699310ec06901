import { type Entry, type Held, isUtf8, type Node, number, type Row } from './model.ts';
import { wholeNumberOf } from './numbers.ts';

/** The names of docs/rows.md, 'What a row looks like'. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['JobDetails', 'job_details'],
  ['TaskDetails', 'task_details'],
  ['NotificationInfo', 'notification_info'],
  ['WorkerInfo', 'worker_info'],
  ['AWSInfo', 'aws_info'],
  ['Timestamp', 'timestamp'],
  ['Source', 'source'],
  ['PROTOCOL', 'protocol_version'],
]);

/** The FNV-1a hash, of 32 bits, of a text's UTF-16 units. */
export function fnv1a(text: string): bigint {
  let hash = 2_166_136_261n;
  for (let index = 0; index < text.length; index += 1) {
    hash = BigInt.asUintN(32, (hash ^ BigInt(text.charCodeAt(index))) * 16_777_619n);
  }
  return hash;
}

/**
 * Says from its model alone what row a message makes that SQS got at a time; `undefined` where it is to
 * be refused.
 */
export function predict(
  body: Node,
  sentTimestamp: string,
  rendering: 'on' | 'off' = 'off',
): Row | undefined {
  function heldOf(node: Node, depth: number): Held | undefined {
    if ('json' in node) return node.held;
    if (depth === 32) return undefined;
    if (node.kind === 'map') {
      const M = attributesOf(node.entries, new Map(), depth + 1);
      return M && { M };
    }
    const L = node.entries.map(({ value }) => heldOf(value, depth + 1));
    return L.every((each) => each !== undefined) ? { L } : undefined;
  }

  /** @param own the attributes to which all others give way */
  function attributesOf(entries: readonly Entry[], own: Row, depth: number): Row | undefined {
    const fields = fieldsOf(entries);
    // Only a failed task has one, or one that renders, and it is never the sender's.
    const marks = rendering === 'on' ? ['task_status', 'rendering'] : ['task_status'];
    const reserved = own.has('task_id') ? marks : [];
    const renamed = [...fields.keys()].map((name) => RENAMED.get(name));
    const taken = new Set([...own.keys(), ...reserved, ...renamed]);
    const row = new Map<string, Held>();
    for (const [name, value] of fields) {
      if (taken.has(name)) continue;
      const held = heldOf(value, depth);
      if (held === undefined || name === '' || !isUtf8(name)) return undefined;
      row.set(RENAMED.get(name) ?? name, held);
    }
    return new Map([...row, ...own]);
  }

  const key = keyOf(body, sentTimestamp, rendering);
  return 'json' in body || !key ? undefined : attributesOf(body.entries, key, 0);
}

/** What a row has beside the notification's fields, if the notification is one of a job or a task. */
function keyOf(body: Node, sentTimestamp: string, rendering: 'on' | 'off'): Row | undefined {
  const name = stringOf(fieldOf(fieldOf(body, 'NotificationInfo'), 'Name'));
  if (name === undefined) return undefined;
  const isJob = name.startsWith('Job');
  const details = fieldOf(body, isJob ? 'JobDetails' : 'TaskDetails');
  const jobId = stringOf(fieldOf(details, 'JobID'));
  if (jobId === undefined || Buffer.byteLength(jobId) > 2048) return undefined;
  if (Buffer.byteLength(name) > 2048) return undefined;
  const key: [string, Held | undefined][] = [
    ['job_id', { S: jobId }],
    ['task_type', { S: name }],
    ['sent_timestamp', number(sentTimestamp).held],
  ];
  if (!isJob) {
    const field = fieldOf(details, 'TaskID');
    if (!field || !('json' in field && field.held && 'N' in field.held)) return undefined;
    const taskId = wholeNumberOf(field.json);
    if (taskId === undefined || taskId >= 2n ** 53n || taskId <= -(2n ** 53n)) return undefined;
    key.push(['task_id', field.held]);
    const status = stringOf(fieldOf(details, 'Status'));
    if (status === 'Failed') key.push(['task_status', { S: 'Failed' }]);
    if (status === 'Rendering' && rendering === 'on') {
      key.push(['rendering', { S: String(fnv1a(jobId) % 8n) }]);
    }
  }
  return new Map(key) as Row;
}

/** As JSON has it: of fields of one name, the last. */
function fieldsOf(entries: readonly Entry[]): Map<string, Node> {
  return new Map(entries.map(({ key, value }) => [key.value, value]));
}

function fieldOf(node: Node | undefined, name: string): Node | undefined {
  if (node === undefined || 'json' in node || node.kind === 'list') return undefined;
  return fieldsOf(node.entries).get(name);
}

function stringOf(node: Node | undefined): string | undefined {
  return node && 'json' in node && node.held && 'S' in node.held ? node.held.S : undefined;
}
