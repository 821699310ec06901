import { json } from 'node:stream/consumers';
import { answering } from './answering.ts';

interface Asked {
  readonly Name: string;
  readonly WithDecryption?: boolean;
}

/** An SSM Parameter Store with a test's parameters, which answers `GetParameter`. */
export async function startSsm() {
  const ssm = {
    endpoint: '',
    parameters: new Map<string, string>(),
    asked: [] as Asked[],
    refusal: undefined as
      | { readonly status: number; readonly error: string; readonly message: string }
      | 'never answers'
      | undefined,
    reset() {
      ssm.parameters.clear();
      ssm.asked.length = 0;
      ssm.refusal = undefined;
    },
  };
  const { endpoint } = await answering(async (request, response) => {
    const asked = (await json(request)) as Asked;
    ssm.asked.push(asked);
    if (ssm.refusal === 'never answers') return;
    const Value = ssm.parameters.get(asked.Name);
    const missing = { status: 400, error: 'ParameterNotFound', message: '' };
    const refusal = ssm.refusal ?? (Value === undefined ? missing : undefined);
    response.writeHead(refusal?.status ?? 200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(
      JSON.stringify(
        refusal
          ? { __type: refusal.error, message: refusal.message }
          : { Parameter: { Name: asked.Name, Type: 'SecureString', Value } },
      ),
    );
  });
  ssm.endpoint = endpoint;
  return ssm;
}
