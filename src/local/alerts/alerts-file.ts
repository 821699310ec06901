import { readFileSync } from 'node:fs';
import type { AlertProps } from '../../../lib/props.ts';
import { readWebhookUrl } from '../../alerts/send/webhook-url.ts';
import { type Alert, parseAlerts, shownChannel } from '../../shared/alerts/alert.ts';
import type { Channel } from '../../shared/alerts/channel.ts';
import { InvalidConfiguration, NotFound } from '../../shared/errors.ts';

/** Alerts as they are written in a file, and as they are. */
export interface AlertsFile {
  readonly path: string;
  readonly written: readonly AlertProps[];
  readonly alerts: readonly Alert[];
}

/** Which URLs are taken on this machine: those with TLS, and those of the machine itself. */
export const URL_RULES = { slackHosts: [], isLocal: true } as const;

/**
 * Reads alerts from a JSON file with the list as in `cdk.json`. Channels may have URLs.
 *
 * @throws NotFound if it cannot be read
 * @throws InvalidConfiguration naming each entry and field that is wrong
 */
export function readAlertsFile(path: string): AlertsFile {
  const written = parseJson(path, readText(path));
  const parsed = parseAlerts(written, true);
  const problems =
    'problems' in parsed ? parsed.problems : parsed.alerts.flatMap((alert) => urlProblems(alert));
  if ('problems' in parsed || problems.length > 0) {
    throw new InvalidConfiguration(`${path}: ${problems.join('; ')}.`);
  }
  if (parsed.alerts.length === 0) throw new InvalidConfiguration(`${path} has no alerts.`);
  return { path, written: written as AlertProps[], alerts: parsed.alerts };
}

/** Whether a channel has a URL in place of the name of a parameter, which is not on this machine. */
export function hasUrl(url: string): boolean {
  return /^[a-z]+:\/\//i.test(url);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new NotFound(`Cannot read the alerts: ${(cause as Error).message}.`, { cause });
  }
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new InvalidConfiguration(`${path} is not JSON: ${reason}.`, { cause });
  }
}

function urlProblems({ name, to }: Alert): string[] {
  return to.flatMap((channel) => {
    const problem = urlProblem(channel);
    return problem === undefined
      ? []
      : [`alerts: ${JSON.stringify(name)}: to: ${shownChannel(channel.text)} ${problem}`];
  });
}

function urlProblem(channel: Channel): string | undefined {
  if (!('url' in channel && hasUrl(channel.url))) return undefined;
  const url = readWebhookUrl(channel.kind, channel.url, URL_RULES);
  return 'problem' in url ? `${url.problem}; http: is only taken for this machine` : undefined;
}
