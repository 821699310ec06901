import { once } from 'node:events';
import { join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { printable } from '../shared/printable.ts';
import { HISTORY, type HistoryLevel } from '../shared/setting-values.ts';
import { createProgram } from '../terminal/call.ts';
import { withProgress } from '../terminal/progress.ts';
import { shellWord } from '../terminal/shell-word.ts';
import { type AlertOptions, addAlertOptions, toLocalAlerts } from './alerts/alert-options.ts';
import { tellNight } from './alerts/tell-night.ts';
import type { DeliveredEvent } from './engines/event-bus-local.ts';
import { loadFarm } from './farm/load-farm.ts';
import { simulateFarm } from './farm/simulate-farm.ts';
import type { Pipeline } from './pipeline.ts';
import { startPolling } from './stream-source.ts';

/** The program's options. Port 0 means any free port. */
export interface LocalOptions extends AlertOptions {
  readonly sqsPort: number;
  readonly dynamodbPort: number;
  readonly cloudformationPort: number;
  readonly farm?: number;
  readonly history: HistoryLevel;
  readonly events?: true;
}

/** The program behind `npm run local`. */
export function createLocalProgram(): Command {
  const program = createProgram(
    'npm run local --',
    'Runs the whole pipeline on this machine until Ctrl-C.',
  )
    .option('--sqs-port <port>', 'the port of SQS; 0 for any free port', port, 0)
    .option('--dynamodb-port <port>', 'the port of DynamoDB', port, 0)
    .option('--cloudformation-port <port>', 'the port at which commands look up the stack', port, 0)
    .option(
      '--farm <seed>',
      'fills the tables with the notifications of a simulated farm from a night that ends now',
      seed,
    )
    .addOption(
      new Option('--history <level>', 'which notifications have an entry in the history')
        .choices(HISTORY)
        .default('off'),
    )
    .option('--events', 'prints events; without --history, those of problems');
  return addAlertOptions(program);
}

/** Starts the pipeline, optionally fills its tables, prints how to use it, and runs until the signal aborts. */
export async function runLocal(options: LocalOptions, signal: AbortSignal): Promise<number> {
  const { sqsPort, dynamodbPort: dynamoDbPort, farm: night, history } = options;
  const onError = (error: Error) => console.error(printable(error.message));
  const alerts = toLocalAlerts(options);
  await using running = new AsyncDisposableStack();
  const starting = withProgress('starting SQS and DynamoDB Local', async () => {
    const { startPipeline } = await import('./pipeline.ts');
    return startPipeline({
      sqsPort,
      dynamoDbPort,
      cloudFormationPort: options.cloudformationPort,
      history,
      signal,
      onError,
      onEvent: options.events && printEvent,
      alerts,
    });
  });
  const pipeline = running.use(await starting);
  if (night !== undefined) console.log(await loadNight(night, pipeline, signal));
  console.log(instructions(pipeline));
  for (const part of [pipeline.alerts, pipeline.events]) {
    if (part) running.use(startPolling(part.source, onError));
  }
  if (!signal.aborted) await Promise.race([once(signal, 'abort'), pipeline.ended]);
  console.log('\nStopping.');
  return 0;
}

function printEvent(event: DeliveredEvent): void {
  console.log(printable(JSON.stringify(event)));
}

function port(text: string): number {
  return numberUpTo(65_535, text);
}

function seed(text: string): number {
  return numberUpTo(2 ** 32 - 1, text);
}

function numberUpTo(most: number, text: string): number {
  if (/^\d+$/.test(text) && Number(text) <= most) return Number(text);
  throw new InvalidArgumentError(`Expected a whole number from 0 to ${most}.`);
}

/** @returns a summary of what was loaded */
async function loadNight(seed: number, pipeline: Pipeline, signal: AbortSignal): Promise<string> {
  const night = simulateFarm({ seed, end: Date.now() });
  const { handler, alerts } = pipeline;
  const load = () =>
    alerts ? tellNight(night, handler, alerts, signal) : loadFarm(night, handler, signal);
  const { notifications, jobs, tasks } = await withProgress("loading a farm's night", () =>
    Promise.race([load(), pipeline.ended]),
  );
  return `Loaded night ${seed}: ${notifications} notifications of ${jobs} jobs and ${tasks} tasks.`;
}

function instructions(pipeline: Pipeline): string {
  const { queueUrl, jobTableName, taskTableName } = pipeline;
  const { sqsEndpoint, dynamoDbEndpoint, cloudFormationEndpoint } = pipeline;
  const samples = join(import.meta.dirname, '..', 'shared', 'samples');
  const sqs = `aws sqs --region us-east-1 --endpoint-url ${sqsEndpoint}`;
  const dynamoDb = `aws dynamodb --region us-east-1 --endpoint-url ${dynamoDbEndpoint}`;
  const { events, alerts } = pipeline;
  const others = [
    ...(events ? [['EVENTBRIDGE', events.endpoint]] : []),
    ...(alerts ? [['LAMBDA', alerts.lambdaEndpoint]] : []),
  ];
  const posix = others.map(([service, url]) => `\n  export AWS_ENDPOINT_URL_${service}=${url}`);
  const powerShell = others.map(
    ([service, url]) => `\n  $env:AWS_ENDPOINT_URL_${service} = '${url}'`,
  );
  const [alert] = alerts?.alertNames ?? [];
  const alertCalls =
    alert && `\n  npm run -s cli -- alerts\n  npm run -s cli -- alerts test ${shellWord(alert)}`;
  return `
Queue URL          ${queueUrl}
Dead letters       ${pipeline.deadLetterQueueUrl}
DynamoDB endpoint  ${dynamoDbEndpoint}

Tell this project's commands where the stack is. The engines accept any credentials, but their clients
require some. In a POSIX shell:

  unset AWS_PROFILE AWS_SESSION_TOKEN AWS_IGNORE_CONFIGURED_ENDPOINT_URLS AWS_USE_FIPS_ENDPOINT
  export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local
  export AWS_REGION=us-east-1 AWS_ENDPOINT_URL_CLOUDFORMATION=${cloudFormationEndpoint}
  export AWS_ENDPOINT_URL_SQS=${sqsEndpoint} AWS_ENDPOINT_URL_DYNAMODB=${dynamoDbEndpoint}${posix.join('')}

In PowerShell:

  Remove-Item Env:AWS_PROFILE, Env:AWS_SESSION_TOKEN, Env:AWS_IGNORE_CONFIGURED_ENDPOINT_URLS, Env:AWS_USE_FIPS_ENDPOINT -ErrorAction Ignore
  $env:AWS_ACCESS_KEY_ID = 'local'; $env:AWS_SECRET_ACCESS_KEY = 'local'
  $env:AWS_REGION = 'us-east-1'; $env:AWS_ENDPOINT_URL_CLOUDFORMATION = '${cloudFormationEndpoint}'
  $env:AWS_ENDPOINT_URL_SQS = '${sqsEndpoint}'; $env:AWS_ENDPOINT_URL_DYNAMODB = '${dynamoDbEndpoint}'${powerShell.join('')}

These settings apply only to this shell. To work with AWS again, open another one.

Send the job notification from Deadline's documentation, and see what happened:

  npm run -s cli -- send --sample job
  npm run -s cli -- jobs
  npm run -s cli -- failed
  npm run -s cli -- rendering
  npm run -s cli -- stats --by department
  npm run -s cli -- report
  npm run -s cli -- board --open
  npm run -s cli -- dead-letters list${alertCalls ?? ''}

The same with the AWS CLI, plus all tasks of a job:

  ${sqs} send-message --queue-url ${queueUrl} --message-body 'file://${samples}/stopped-job.json'
  ${sqs} send-message --queue-url ${queueUrl} --message-body 'file://${samples}/stopped-task.json'
  ${dynamoDb} get-item --table-name ${jobTableName} --key '{"job_id": {"S": "5f2eec286ad75c0c9cca7fbc"}}'
  ${dynamoDb} query --table-name ${taskTableName} --key-condition-expression 'job_id = :job' --expression-attribute-values '{":job": {"S": "5f15e68eb8274818a0570167"}}'

Each batch is logged below, as in the function's CloudWatch logs${events ? ', and each event is printed' : ''}.${alerts ? '\nMessages of alerts are posted to channels with a URL; those of others are printed.' : ''} Ctrl-C stops everything.
`;
}
