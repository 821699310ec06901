import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import type { Secret, Secrets, Unsent } from './senders.ts';

/** How long a value is good for, in ms. */
const CACHED = 5 * 60_000;

/** The parameters of SSM Parameter Store. */
export class ParameterStore implements Secrets {
  readonly #client: SSMClient;
  readonly #now: () => number;
  readonly #cache = new Map<string, { readonly secret: Secret; readonly until: number }>();

  constructor(client: SSMClient, now: () => number) {
    this.#client = client;
    this.#now = now;
  }

  async find(name: string, signal: AbortSignal): Promise<Secret | Unsent> {
    const cached = this.#cache.get(name);
    if (cached && this.#now() < cached.until) return cached.secret;
    const source = `The parameter ${name}`;
    try {
      const command = new GetParameterCommand({ Name: name, WithDecryption: true });
      const { Parameter } = await this.#client.send(command, { abortSignal: signal });
      const secret = { value: Parameter?.Value ?? '', source };
      this.#cache.set(name, { secret, until: this.#now() + CACHED });
      return secret;
    } catch (error) {
      return notFound(source, name, error as Error);
    }
  }

  forget(name?: string): void {
    if (name === undefined) this.#cache.clear();
    else this.#cache.delete(name);
  }
}

/** What cannot be read can be read later: permissions and keys get repaired. */
function notFound(source: string, name: string, { name: code, message }: Error): Unsent {
  if (code === 'ValidationException') {
    return { status: 'never', reason: `${source} cannot be: ${message}` };
  }
  if (code === 'ParameterNotFound') {
    const cure = `aws ssm put-parameter --type SecureString --name ${name} --value <value>`;
    return { status: 'never', reason: `${source} does not exist. Store it: ${cure}` };
  }
  const why = code === 'AbortError' ? 'SSM has not answered' : `${code}: ${message}`;
  return { status: 'later', reason: `${source} cannot be read: ${why}` };
}
