/** The root of all errors thrown on purpose. Its message is shown to the user without a stack trace. */
export class DeadlineNotificationsError extends Error {
  override readonly name: string = 'DeadlineNotificationsError';
}

/** An environment variable of the function is missing or not valid, so it cannot start. */
export class InvalidSettings extends DeadlineNotificationsError {
  override readonly name = 'InvalidSettings';
}

/** The stack's configuration is not valid. */
export class InvalidConfiguration extends DeadlineNotificationsError {
  override readonly name = 'InvalidConfiguration';
}

/** The function's event is not one that it is invoked for, so there is no record to report as failed. */
export class InvalidEvent extends DeadlineNotificationsError {
  override readonly name = 'InvalidEvent';
}

/** What a function needs to know could not be read from a table before time was up. */
export class LookupFailed extends DeadlineNotificationsError {
  override readonly name = 'LookupFailed';
}

/** The local pipeline cannot start. */
export class CannotStart extends DeadlineNotificationsError {
  override readonly name = 'CannotStart';
}

/** A command cannot start. The message says what was found, then how to fix it. */
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

/** The deployed stack was not found, or is of another version. */
export class StackNotFound extends NotSetUp {
  override readonly name = 'StackNotFound';
}

/** AWS credentials are missing or not valid. */
export class NoCredentials extends NotSetUp {
  override readonly name = 'NoCredentials';
}

/** A proxy, a login page, or a certificate is between this machine and AWS. */
export class NotReached extends NotSetUp {
  override readonly name = 'NotReached';
}

/** A table has no usable index, so it cannot be queried by time. */
export class NoIndex extends DeadlineNotificationsError {
  override readonly name = 'NoIndex';
}

/** A command needs a setting of the stack that is off. */
export class SettingOff extends DeadlineNotificationsError {
  override readonly name = 'SettingOff';
}

/** The call is not valid, in a way that only its command knows. */
export class WrongUsage extends DeadlineNotificationsError {
  override readonly name = 'WrongUsage';
}

/** A job, dead letter, alert, or file does not exist. */
export class NotFound extends DeadlineNotificationsError {
  override readonly name = 'NotFound';
}

/** A file cannot be written. */
export class CannotWrite extends DeadlineNotificationsError {
  override readonly name = 'CannotWrite';
}

/** Several jobs fit what was given for one. The message lists them. */
export class SeveralJobs extends DeadlineNotificationsError {
  override readonly name = 'SeveralJobs';
}

/** A message that no retry can turn into a row: not a notification, or one DynamoDB cannot hold. */
export class InvalidNotification extends DeadlineNotificationsError {
  override readonly name = 'InvalidNotification';
  readonly problem: string;
  readonly path: readonly string[];

  /**
   * @param problem what is wrong, without the payload
   * @param path the names of the wrong field, outermost first, as the sender spells them
   */
  constructor(problem: string, path: readonly string[]) {
    super(`${path.map((part) => shorten(part) || '""').join('.')}: ${problem}`);
    this.problem = problem;
    this.path = path;
  }
}

/** The start of a text, enough to recognize it: payloads do not belong in logs. */
export function shorten(text: string, length = 60): string {
  return text.length > length ? `${text.slice(0, length).toWellFormed()}…` : text;
}
