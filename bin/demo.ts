import { setTimeout } from 'node:timers/promises';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { deadLetterCells, describeDeadLetter } from '../src/cli/dead-letter.ts';
import { explainLocal } from '../src/cli/explain.ts';
import { problems, type Sent } from '../src/local/demo/demo-check.ts';
import { type DemoMessage, demoMessages } from '../src/local/demo/demo-messages.ts';
import { localTime, readRows, showJobs, showTasks } from '../src/local/demo/demo-rows.ts';
import { showTable } from '../src/local/demo/show-table.ts';
import type { Pipeline } from '../src/local/pipeline.ts';
import { printable } from '../src/shared/printable.ts';
import { peek, queueLength } from '../src/shared/sqs-queue.ts';
import { toRecord } from '../src/shared/sqs-record.ts';
import { createProgram, parseCall } from '../src/terminal/call.ts';
import { runCommand } from '../src/terminal/command.ts';
import { EXIT } from '../src/terminal/exit-codes.ts';
import { withProgress } from '../src/terminal/progress.ts';

/** Time for all messages to become rows or dead letters, in ms. */
const PATIENCE = 40_000;

process.env.POWERTOOLS_LOG_LEVEL = 'ERROR';
process.env.POWERTOOLS_METRICS_DISABLED = 'true';

const program = createProgram(
  'npm run demo',
  'Sends notifications (out of order, duplicated, and malformed) through the whole pipeline on this machine, then checks the tables.',
);

await runCommand(async (signal) => {
  const ended = parseCall(program);
  if (ended !== undefined) return ended;
  const onError = (error: Error) => console.error(printable(error.message));
  await using pipeline = await withProgress('starting SQS and DynamoDB Local', async () => {
    const { startPipeline } = await import('../src/local/pipeline.ts');
    return startPipeline({ sqsPort: 0, dynamoDbPort: 0, signal, onError });
  });

  const messages = await demoMessages();
  const sent = await send(pipeline, messages);
  await withProgress(
    'a rejected message becomes a dead letter after five receives, one second apart',
    () => Promise.race([drained(pipeline, signal), pipeline.ended]),
  );

  const jobs = await readRows(pipeline, pipeline.jobTableName);
  const tasks = await readRows(pipeline, pipeline.taskTableName);
  showTable(`Table ${pipeline.jobTableName}`, showJobs(jobs));
  showTable(`Table ${pipeline.taskTableName}`, showTasks(tasks));
  const deadLetters = (await peek(pipeline.sqs, pipeline.deadLetterQueueUrl)).map((message) =>
    toRecord(message, pipeline.deadLetterQueueUrl),
  );
  showTable(
    'Dead letters',
    deadLetters.map((letter) => deadLetterCells(describeDeadLetter(letter))),
  );

  const wrong = problems(sent, jobs, tasks);
  const malformed = messages.filter(({ body }) => body === undefined).map(({ text }) => text);
  if (deadLetters.map(({ body }) => body).join() !== malformed.join()) {
    wrong.push('The dead-letter queue does not contain exactly the malformed message.');
  }
  const left = await queueLength(pipeline.sqs, pipeline.queueUrl);
  if (left > 0) wrong.push(`${left} messages are still in the queue after ${PATIENCE / 1_000} s.`);

  if (wrong.length > 0) {
    console.error(`\nWrong:\n${wrong.map((problem) => `- ${problem}`).join('\n')}`);
    return EXIT.failure;
  }
  console.log(
    `\nCorrect: each of the ${jobs.length + tasks.length} rows is the newest notification of its job or task, and none is missing.`,
  );
  return 0;
}, explainLocal);

/** Sends the messages one by one, and shows them. */
async function send(
  { sqs, queueUrl: QueueUrl }: Pipeline,
  messages: readonly DemoMessage[],
): Promise<Sent[]> {
  const sent: Sent[] = [];
  const shown: object[] = [];
  for (const { what, delay, text, body } of messages) {
    const from = Date.now();
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: text, DelaySeconds: delay }));
    if (body) sent.push({ body, from, to: Date.now() });
    shown.push({ sent: localTime(from), what, ...subjectColumns(body) });
  }
  showTable(`Sent to ${QueueUrl}`, shown);
  return sent;
}

/** The columns that identify a message's row; `undefined` values if it has none. */
function subjectColumns(body: DemoMessage['body']) {
  if (body === undefined) return { job: undefined, task: undefined };
  if ('JobDetails' in body) return { job: body.JobDetails.JobID, task: undefined };
  return { job: body.TaskDetails.JobID, task: body.TaskDetails.TaskID };
}

/** Waits until the queue is empty or the time is up. */
async function drained({ sqs, queueUrl }: Pipeline, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  while ((await queueLength(sqs, queueUrl)) > 0 && Date.now() < deadline) {
    await setTimeout(100, undefined, { signal });
  }
}
