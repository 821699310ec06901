/** The parts of a policy statement that are checked. A list of one may be just its element. */
interface Statement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly Principal?: '*' | { readonly AWS?: string | readonly string[] };
}

const SEND = /^(\*|sqs:(\*|send\*|sendmessage))$/i;

/**
 * Whether a queue's own policy lets anyone send other than its account. Allowing the account itself, as
 * the console does by default, does not count: it leaves the decision to IAM.
 *
 * @param policy its JSON; `undefined` or empty if there is none
 * @param account the id of the queue's account
 */
export function letsSend(policy: string | undefined, account: string): boolean {
  if (!policy) return false;
  const { Statement = [] }: { Statement?: Statement | Statement[] } = JSON.parse(policy);
  return toList(Statement).some(
    ({ Effect, Action = [], Principal = {} }) =>
      Effect === 'Allow' &&
      toList(Action).some((action) => SEND.test(action)) &&
      toList(Principal === '*' ? '*' : (Principal.AWS ?? [])).some(
        (principal) => principal !== account && !principal.endsWith(`::${account}:root`),
      ),
  );
}

function toList<T>(one: T | readonly T[]): readonly T[] {
  return Array.isArray(one) ? one : [one as T];
}
