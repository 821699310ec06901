import { setTimeout } from 'node:timers/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { WrongUsage } from '../../shared/errors.ts';
import { printLine, screenOf } from '../../terminal/screen.ts';
import { readAlertsFile } from './alerts-file.ts';
import type { LocalAlertsOptions } from './local-alerts.ts';
import { messageLines } from './message-lines.ts';
import type { SmtpServer } from './smtp-mail.ts';

/** How alerts run on this machine. */
export interface AlertOptions {
  /** The path of the file with the alerts; without it, there are none. */
  readonly alerts?: string;
  /** In s. */
  readonly alertDigest?: number;
  readonly smtp?: SmtpServer;
}

/** How long alerts gather, in s, unless it is set: the stack's default. */
const DIGEST = 60;
const LONGEST_DIGEST = 300;

export function addAlertOptions(program: Command): Command {
  return program
    .option(
      '--alerts <file>',
      'runs alerts: a JSON file with the list as in cdk.json, in which channels may have URLs; the messages ' +
        'of other channels are printed',
    )
    .addOption(
      new Option(
        '--alert-digest <seconds>',
        `how long alerts gather, up to ${LONGEST_DIGEST} (default: ${DIGEST})`,
      ).argParser(digest),
    )
    .addOption(
      new Option(
        '--smtp <host:port>',
        'sends the mail of alerts to this server, without TLS and login; otherwise, mail is printed',
      ).argParser(smtp),
    );
}

/**
 * What the options of a call say of alerts; `undefined` if there are none.
 *
 * @throws NotFound if the file cannot be read
 * @throws InvalidConfiguration if it is wrong
 * @throws WrongUsage for an option that only matters with alerts
 */
export function toLocalAlerts(options: AlertOptions): LocalAlertsOptions | undefined {
  const { alerts, alertDigest, smtp } = options;
  if (alerts !== undefined) {
    const file = readAlertsFile(alerts);
    return {
      ...{ file, digestSeconds: alertDigest ?? DIGEST, smtp },
      ...{ print: printMessage, sleep: setTimeout },
    };
  }
  if (alertDigest !== undefined) throw new WrongUsage('--alert-digest needs --alerts.');
  if (smtp !== undefined) throw new WrongUsage('--smtp needs --alerts.');
  return undefined;
}

function printMessage(channel: string, payload: object): void {
  const screen = screenOf(process.stdout, process.env);
  for (const line of messageLines(channel, payload, screen.width)) printLine(screen, line);
}

function digest(text: string): number {
  if (/^\d+$/.test(text) && Number(text) <= LONGEST_DIGEST) return Number(text);
  throw new InvalidArgumentError(`Expected a whole number from 0 to ${LONGEST_DIGEST}.`);
}

function smtp(text: string): SmtpServer {
  const [, host = '', written = ''] = /^(\[[\da-f:]+\]|[^\s:/]+):(\d+)$/i.exec(text) ?? [];
  const port = Number(written);
  if (port >= 1 && port <= 65_535) return { host: host.replaceAll(/[[\]]/g, ''), port };
  throw new InvalidArgumentError('Expected a host and a port, such as 127.0.0.1:1025.');
}
