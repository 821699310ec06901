/** How long each kind of channel is left alone after a message, in ms. */
const PACES: ReadonlyMap<string, number> = new Map([
  /** One message a second (Slack's documentation, "Rate limits", of incoming webhooks). */
  ['slack', 1_000],
  /** The documented limit is of the former connectors, four a second. A workflow has those of its plan. */
  ['teams', 1_000],
  /** Thirty a minute to a channel, which Discord's staff tells (discord/discord-api-docs, issue 367). */
  ['discord', 2_000],
]);

/**
 * How long a channel is left alone after a message, in ms.
 *
 * @param channel as in the configuration
 */
export function paceOf(channel: string): number {
  return PACES.get(channel.slice(0, channel.indexOf(':'))) ?? 0;
}
