import { Token } from 'aws-cdk-lib';
import { type Alert, parseAlerts } from '../../src/shared/alerts/alert.ts';
import type { Channel, ChannelKind } from '../../src/shared/alerts/channel.ts';
import type { HistoryLevel } from '../../src/shared/setting-values.ts';
import { isRecorded } from '../../src/shared/transitions.ts';

/** What is wrong with the setting `alerts`, each to follow its name. */
export function alertProblems(value: unknown): string[] {
  if (typeof value === 'string') return ['must be a list of objects; after -c, as JSON'];
  const parsed = parseAlerts(value);
  if (!('problems' in parsed)) return [];
  return parsed.problems.map((problem) => problem.replace(/^alerts:? /, ''));
}

/** The alerts of a setting that is valid. */
export function alertsOf(value: unknown): readonly Alert[] {
  const parsed = parseAlerts(value);
  return 'alerts' in parsed ? parsed.alerts : [];
}

/** Whether a CDK token is anywhere in a value. */
export function hasToken(value: unknown): boolean {
  if (Token.isUnresolved(value) || Token.isUnresolved([value])) return true;
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).flat().some(hasToken);
}

/** The least of the history that alerts are made of. */
export function historyFor(alerts: readonly Alert[]): HistoryLevel {
  if (alerts.length === 0) return 'off';
  const isEnough = alerts.flatMap(({ when }) => when).every((each) => isRecorded(each, 'problems'));
  return isEnough ? 'problems' : 'all';
}

/** The channels of a kind that alerts go to, each once. */
export function channelsOf<Kind extends ChannelKind>(
  alerts: readonly Alert[],
  ...kinds: readonly Kind[]
): Extract<Channel, { readonly kind: Kind }>[] {
  const channels = new Map(alerts.flatMap(({ to }) => to).map((each) => [each.text, each]));
  const isOf = (each: Channel): each is Extract<Channel, { readonly kind: Kind }> =>
    (kinds as readonly ChannelKind[]).includes(each.kind);
  return [...channels.values()].filter(isOf);
}
