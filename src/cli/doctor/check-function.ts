import { GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { type Check, noOutput, setUpOptions } from './check.ts';
import { functionFindings } from './function-findings.ts';

/** Checks that the function can run, with the settings that the stack gave it. */
export const checkFunction: Check = {
  name: 'function',
  needs: 'lambda:GetFunction on it',
  isRequired: true,
  async run(setUp) {
    const { session, stack, intended } = setUp;
    const { FunctionName } = stack;
    if (FunctionName === undefined) return noOutput('FunctionName');
    const { Configuration = {}, Concurrency } = await new LambdaClient(session.account).send(
      new GetFunctionCommand({ FunctionName }),
      { abortSignal: session.signal },
    );
    const { Timeout, MemorySize, Runtime } = Configuration;
    return {
      findings: functionFindings({
        name: FunctionName,
        configuration: Configuration,
        reserved: Concurrency?.ReservedConcurrentExecutions,
        intended,
        options: setUpOptions(setUp),
      }),
      summary: `${FunctionName}, ${Runtime}, ${MemorySize} MiB, up to ${Timeout} s`,
    };
  },
};
