/** The root of every error thrown on purpose. Its message is a sentence for the person who reads it. */
export class DeadlineNotificationsError extends Error {
  override readonly name: string = 'DeadlineNotificationsError';
}

/** A setting in the environment is missing or wrong: the function cannot start with it. */
export class InvalidSettings extends DeadlineNotificationsError {
  override readonly name = 'InvalidSettings';
}

/** What is to be deployed is configured wrong. */
export class InvalidConfiguration extends DeadlineNotificationsError {
  override readonly name = 'InvalidConfiguration';
}

/** What invoked the function is not an SQS event: there is no message that could be reported. */
export class InvalidEvent extends DeadlineNotificationsError {
  override readonly name = 'InvalidEvent';
}

/** The pipeline cannot start on this machine. */
export class CannotStart extends DeadlineNotificationsError {
  override readonly name = 'CannotStart';
}

/** A command cannot begin. Its message is two sentences or more: what was found, and how to fix it. */
export class NotSetUp extends DeadlineNotificationsError {
  override readonly name: string = 'NotSetUp';
  readonly found: string;
  readonly fix: string;

  constructor(found: string, fix: string, options?: ErrorOptions) {
    super(`${found} ${fix}`, options);
    this.found = found;
    this.fix = fix;
  }
}

/** The deployed stack is not where one looked for it, or is of another version. */
export class StackNotFound extends NotSetUp {
  override readonly name = 'StackNotFound';
}

/** AWS was not given credentials that it takes. */
export class NoCredentials extends NotSetUp {
  override readonly name = 'NoCredentials';
}

/** A table cannot be asked for what failed, or for its jobs by time. */
export class NoIndex extends DeadlineNotificationsError {
  override readonly name = 'NoIndex';
}

/** What was asked for is not there: a job, or a file. */
export class NotFound extends DeadlineNotificationsError {
  override readonly name = 'NotFound';
}

/** A message that no retry can turn into a row: not a notification, or nothing DynamoDB can hold. */
export class InvalidNotification extends DeadlineNotificationsError {
  override readonly name = 'InvalidNotification';
  readonly problem: string;
  readonly path: readonly string[];

  /**
   * @param problem what is wrong, without the payload
   * @param path the field that is wrong, from the outside in, in the sender's names
   */
  constructor(problem: string, path: readonly string[]) {
    super(`${path.map((part) => shorten(part) || '""').join('.')}: ${problem}`);
    this.problem = problem;
    this.path = path;
  }
}

/** A text as far as it helps to recognise it: a reason is logged, and a log is no place for payloads. */
export function shorten(text: string, length = 60): string {
  return text.length > length ? `${text.slice(0, length).toWellFormed()}…` : text;
}
