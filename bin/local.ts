import { once } from 'node:events';
import { join } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { explainLocal } from '../src/cli/explain.ts';
import { loadFarm } from '../src/local/farm/load-farm.ts';
import { simulateFarm } from '../src/local/farm/simulate-farm.ts';
import type { Pipeline } from '../src/local/pipeline.ts';
import { createProgram, parseCall } from '../src/terminal/call.ts';
import { runCommand } from '../src/terminal/command.ts';
import { withProgress } from '../src/terminal/progress.ts';

const program = createProgram(
  'npm run local --',
  'Runs the whole pipeline on this machine until Ctrl-C.',
)
  .option('--sqs-port <port>', 'the port of SQS; 0 for any free port', port, 0)
  .option('--dynamodb-port <port>', 'the port of DynamoDB; 0 for any free port', port, 0)
  .option(
    '--farm <seed>',
    'fills the tables with the notifications of a simulated farm from a night that ends now',
    seed,
  );

interface LocalOptions {
  readonly sqsPort: number;
  readonly dynamodbPort: number;
  readonly farm?: number;
}

process.env.POWERTOOLS_METRICS_DISABLED = 'true';

await runCommand(async (signal) => {
  const ended = parseCall(program);
  if (ended !== undefined) return ended;
  const { sqsPort, dynamodbPort: dynamoDbPort, farm: night } = program.opts<LocalOptions>();
  const onError = (error: Error) => console.error(error.message);
  await using pipeline = await withProgress('starting SQS and DynamoDB Local', async () => {
    const { startPipeline } = await import('../src/local/pipeline.ts');
    return startPipeline({ sqsPort, dynamoDbPort, signal, onError });
  });
  if (night !== undefined) console.log(await loadNight(night, pipeline, signal));
  console.log(instructions(pipeline));
  if (!signal.aborted) await Promise.race([once(signal, 'abort'), pipeline.ended]);
  console.log('\nStopping.');
  return 0;
}, explainLocal);

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
  const { notifications, jobs, tasks } = await withProgress("loading a farm's night", () =>
    Promise.race([loadFarm(night, pipeline.handler, signal), pipeline.ended]),
  );
  return `Loaded night ${seed}: ${notifications} notifications of ${jobs} jobs and ${tasks} tasks.`;
}

function instructions(pipeline: Pipeline): string {
  const { queueUrl, jobTableName, taskTableName } = pipeline;
  const { sqsEndpoint, dynamoDbEndpoint, cloudFormationEndpoint } = pipeline;
  const samples = join(import.meta.dirname, '..', 'src', 'shared', 'samples');
  const sqs = `aws sqs --region us-east-1 --endpoint-url ${sqsEndpoint}`;
  const dynamoDb = `aws dynamodb --region us-east-1 --endpoint-url ${dynamoDbEndpoint}`;
  return `
Queue URL          ${queueUrl}
Dead letters       ${pipeline.deadLetterQueueUrl}
DynamoDB endpoint  ${dynamoDbEndpoint}

Tell this project's commands where the stack is. The engines accept any credentials, but clients require
some:

  unset AWS_PROFILE AWS_SESSION_TOKEN AWS_IGNORE_CONFIGURED_ENDPOINT_URLS AWS_USE_FIPS_ENDPOINT
  export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local
  export AWS_REGION=us-east-1 AWS_ENDPOINT_URL_CLOUDFORMATION=${cloudFormationEndpoint}
  export AWS_ENDPOINT_URL_SQS=${sqsEndpoint} AWS_ENDPOINT_URL_DYNAMODB=${dynamoDbEndpoint}

Send the job notification from Deadline's documentation, and see what happened:

  npm run -s cli -- send --sample job
  npm run -s cli -- jobs
  npm run -s cli -- failed
  npm run -s cli -- dead-letters list

The same with the AWS CLI, plus all tasks of a job:

  ${sqs} send-message --queue-url ${queueUrl} --message-body 'file://${samples}/stopped-job.json'
  ${sqs} send-message --queue-url ${queueUrl} --message-body 'file://${samples}/stopped-task.json'
  ${dynamoDb} get-item --table-name ${jobTableName} --key '{"job_id": {"S": "5f2eec286ad75c0c9cca7fbc"}}'
  ${dynamoDb} query --table-name ${taskTableName} --key-condition-expression 'job_id = :job' --expression-attribute-values '{":job": {"S": "5f15e68eb8274818a0570167"}}'

Each batch is logged below, as in the function's CloudWatch logs. Ctrl-C stops everything.
`;
}
