/** A statement of a queue's policy, as far as it is looked at; the lists may be their one element. */
interface Statement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly Principal?: '*' | { readonly AWS?: string | readonly string[] };
}

const SEND = /^(\*|sqs:(\*|send\*|sendmessage))$/i;

/**
 * Whether a queue's own policy lets anybody send but its account: to allow that, as the console does by
 * default, leaves to IAM who of the account may.
 *
 * @param policy its JSON; `undefined` or empty where there is none
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
