type Principals = '*' | { readonly AWS?: string | readonly string[] };

/** The parts of a policy statement that are checked. A list of one may be just its element. */
interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly Principal?: Principals;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What a queue's users need: senders, then the function. */
const NEEDED = ['SendMessage', 'ReceiveMessage', 'DeleteMessage'];

/**
 * Whether a queue's own policy lets anyone send other than its account. Allowing the account itself, as
 * the console does by default, does not count: it leaves the decision to IAM.
 *
 * @param policy its JSON; `undefined` or empty if there is none
 * @param account the id of the queue's account
 */
export function letsSend(policy: string | undefined, account: string): boolean {
  return statements(policy).some(
    ({ Effect, Action = [], Principal = {} }) =>
      Effect === 'Allow' &&
      matches(Action, 'SendMessage') &&
      principals(Principal).some(
        (principal) => principal !== account && !principal.endsWith(`::${account}:root`),
      ),
  );
}

/** A statement that denies what senders or the function need. */
export interface Denial {
  readonly sid: string;
  /** The denied actions, such as `SendMessage`. */
  readonly actions: readonly string[];
  /** It applies to everyone, always. */
  readonly isForAll: boolean;
  /** The policy without the statement; empty if nothing is left. */
  readonly others: string;
}

/** The denials in a queue's own policy, except of requests without TLS. */
export function denials(policy: string | undefined): Denial[] {
  const all = statements(policy);
  return all
    .filter(({ Effect, Condition = {} }) => Effect === 'Deny' && !isOnlyWithoutTls(Condition))
    .map((statement) => ({ ...statement, others: all.filter((each) => each !== statement) }))
    .map(({ Sid = 'without a Sid', Action, Principal = {}, Condition, others }) => ({
      sid: Sid,
      others:
        others.length === 0
          ? ''
          : JSON.stringify({ ...JSON.parse(policy as string), Statement: others }),
      // `NotAction`, where there is no `Action`, denies nearly everything.
      actions: NEEDED.filter((action) => Action === undefined || matches(Action, action)),
      isForAll: Condition === undefined && principals(Principal).includes('*'),
    }))
    .filter(({ actions }) => actions.length > 0);
}

/** Whether a queue's policy denies SQS's own redrive. */
export function deniesRedrive(policy: string | undefined): boolean {
  return statements(policy).some(
    ({ Effect, Action = [] }) => Effect === 'Deny' && matches(Action, 'StartMessageMoveTask'),
  );
}

function statements(policy: string | undefined): readonly Statement[] {
  if (!policy) return [];
  const { Statement = [] }: { Statement?: Statement | Statement[] } = JSON.parse(policy);
  return toList(Statement);
}

function principals(principal: Principals): readonly string[] {
  return toList(principal === '*' ? '*' : (principal.AWS ?? []));
}

/** Whether patterns such as `sqs:Send*` include an action. IAM ignores case. */
function matches(patterns: string | readonly string[], action: string): boolean {
  return toList(patterns).some((pattern) => {
    const form = pattern
      .replaceAll(/[.+^$(){}|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    return new RegExp(`^${form}$`, 'i').test(`sqs:${action}`);
  });
}

function isOnlyWithoutTls(condition: NonNullable<Statement['Condition']>): boolean {
  return Object.values(condition)
    .flatMap((each) => Object.entries(each))
    .some(([key, value]) => /^aws:SecureTransport$/i.test(key) && String(value) === 'false');
}

function toList<T>(one: T | readonly T[]): readonly T[] {
  return Array.isArray(one) ? one : [one as T];
}
