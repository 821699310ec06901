import * as z from 'zod/mini';
import { TRANSITIONS, type TransitionName } from '../transitions.ts';
import { must } from '../validate.ts';
import { type Channel, parseChannel } from './channel.ts';
import { mentionProblem } from './mention-id.ts';
import { type MessageTemplate, parseTemplate } from './message-template.ts';
import { suggestion } from './suggestion.ts';

/** What alerts select transitions by, besides what became of the job or task. `job` is a job's name. */
export const ALERT_FILTERS = [
  'job',
  'user',
  'department',
  'plugin',
  'pool',
  'batch',
  'worker',
] as const;
export type AlertFilter = (typeof ALERT_FILTERS)[number];

/** Which transitions are told to whom. */
export interface Alert {
  readonly name: string;
  readonly when: readonly TransitionName[];
  /** Patterns with `*` and `?`, one of which must fit. */
  readonly filters: Readonly<Partial<Record<AlertFilter, readonly string[]>>>;
  readonly to: readonly Channel[];
  /** What a message begins with, in place of the default. */
  readonly message: MessageTemplate | undefined;
  /** The ids of Deadline's users in channels: of Slack, of Discord, and names of Microsoft accounts for Teams. */
  readonly mention: ReadonlyMap<string, readonly string[]>;
}

/** The longest name of an alert, and how many channels it can have. */
const [MAX_NAME, MAX_CHANNELS] = [40, 10];
const LONGEST = 1_000;

const text = z.string(must('be a text')).check(
  z.refine((value) => value.trim() !== '', { error: 'is empty' }),
  z.maxLength(LONGEST, `must have at most ${LONGEST} characters`),
);
/** A text, or several. */
const texts = z.pipe(
  z.transform((value) => (typeof value === 'string' ? [value] : value)),
  z.array(text, must('be a text or a list of texts')).check(z.minLength(1, 'is empty')),
);

/** An entry as it is written. Its transitions, channels, and message are checked afterwards. */
const Entry = z.strictObject(
  {
    name: z
      .string(must('be a text'))
      .check(
        z.regex(/^\w[\w .-]*$/, must('be letters, digits, blanks, dots, hyphens, and underscores')),
        z.maxLength(MAX_NAME, `must have at most ${MAX_NAME} characters`),
      ),
    when: texts,
    to: texts.check(z.maxLength(MAX_CHANNELS, `must have at most ${MAX_CHANNELS} channels`)),
    message: z.optional(text),
    mention: z.optional(z.record(text, texts, must('be an object: ids by users'))),
    ...(Object.fromEntries(ALERT_FILTERS.map((name) => [name, z.optional(texts)])) as Record<
      AlertFilter,
      z.ZodMiniOptional<typeof texts>
    >),
  },
  must('be an object'),
);
type Entry = z.infer<typeof Entry>;

/** The names of an entry's fields. */
const FIELDS = Object.keys(Entry.shape);

/** Alerts, or what is wrong with them: each problem names its entry and its field. */
export type ParsedAlerts =
  | { readonly alerts: readonly Alert[] }
  | { readonly problems: readonly string[] };

/**
 * Parses the setting `alerts`.
 *
 * @param value as in `cdk.json`
 * @param takesUrls takes channels with URLs, which only this machine does
 */
export function parseAlerts(value: unknown, takesUrls = false): ParsedAlerts {
  if (!Array.isArray(value)) return { problems: ['alerts must be a list of objects'] };
  const problems: string[] = [];
  const alerts: Alert[] = [];
  for (const [index, each] of value.entries()) {
    const parsed = parseEntry(each, takesUrls);
    const where = `alerts: ${labelOf(each, index)}`;
    if ('problems' in parsed) problems.push(...parsed.problems.map((text) => `${where}: ${text}`));
    else if (alerts.some(({ name }) => name.toLowerCase() === parsed.name.toLowerCase())) {
      problems.push(`${where}: name is that of an earlier entry, in any case`);
    } else alerts.push(parsed);
  }
  return problems.length > 0 ? { problems } : { alerts };
}

/** Such as `"failures"`, or `entry 2`. */
function labelOf(entry: unknown, index: number): string {
  const { name } = (entry ?? {}) as { name?: unknown };
  return typeof name === 'string' && name !== '' ? JSON.stringify(name) : `entry ${index + 1}`;
}

function parseEntry(value: unknown, takesUrls: boolean): Alert | { problems: string[] } {
  const { success, data, error } = z.safeParse(Entry, value, { jitless: true });
  if (!success) return { problems: error.issues.flatMap(issueTexts) };
  const problems = [...unknownTransitions(data), ...unheardWorker(data), ...wrongMentions(data)];
  const to = [...new Set(data.to)].flatMap((each) => {
    const channel = parseChannel(each.trim(), takesUrls);
    if (!('problem' in channel)) return channel;
    problems.push(`to: ${shownChannel(each)} ${channel.problem}`);
    return [];
  });
  const message = data.message === undefined ? undefined : parseTemplate(data.message);
  if (message && 'problem' in message) problems.push(`message ${message.problem}`);
  if (problems.length > 0) return { problems };
  return {
    name: data.name,
    when: [...new Set(data.when)] as TransitionName[],
    filters: Object.fromEntries(
      ALERT_FILTERS.flatMap((name) => (data[name] ? [[name, data[name]]] : [])),
    ),
    to,
    message: message as MessageTemplate | undefined,
    mention: new Map(Object.entries(data.mention ?? {})),
  };
}

function issueTexts(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${key} is no field${suggestion(key, FIELDS)}`);
  }
  const [field, ...deeper] = issue.path.map(String);
  if (field === undefined) return [issue.message];
  const inside = deeper.map((each) => (/^\d+$/.test(each) ? `entry ${Number(each) + 1}` : each));
  return [`${[field, ...inside].join(': ')} ${issue.message}`];
}

function unknownTransitions({ when }: Entry): string[] {
  return when
    .filter((each) => !(TRANSITIONS as readonly string[]).includes(each))
    .map((each) => `when: ${each} is no transition${suggestion(each, TRANSITIONS)}`);
}

/** Only tasks have a worker. */
function unheardWorker({ when, worker }: Entry): string[] {
  if (worker === undefined || when.some((each) => each.startsWith('task-'))) return [];
  return ['worker fits nothing: only transitions of tasks have one'];
}

function wrongMentions({ mention = {} }: Entry): string[] {
  return Object.entries(mention).flatMap(([user, ids]) =>
    ids.flatMap((id) => {
      const problem = mentionProblem(id);
      return problem === undefined ? [] : `mention: ${user}: ${id} ${problem}`;
    }),
  );
}

/** A channel without what may be a secret. */
export function shownChannel(text: string): string {
  const url = text.search(/:\/\//);
  return url === -1 ? text : `${text.slice(0, text.lastIndexOf(':', url - 1) + 1)}…`;
}
