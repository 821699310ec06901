import type { PostedChannel } from '../../shared/alerts/channel.ts';

/** The hosts of a kind of channel. Before those that begin with a dot, there is more. */
export const CHANNEL_HOSTS: Readonly<
  Record<Exclude<PostedChannel['kind'], 'webhook'>, readonly string[]>
> = {
  /** Slack's documentation, "Sending messages using incoming webhooks". GovSlack is at slack-gov.com. */
  slack: ['hooks.slack.com', 'hooks.slack-gov.com'],
  /**
   * Discord's documentation, "API Reference". Its test clients copy URLs with their own hosts, and URLs of before
   * 2020 have discordapp.com, which still answers (discord/discord-api-docs, discussion 6490).
   */
  discord: [
    'discord.com',
    'ptb.discord.com',
    'canary.discord.com',
    'discordapp.com',
    'ptb.discordapp.com',
    'canary.discordapp.com',
  ],
  /**
   * Microsoft Learn, "IP address configuration for Power Automate", of the trigger "When an HTTP request is received":
   * the public cloud, those of the government of the US, and that in China. The hosts of logic.azure.com are those of
   * URLs of before December 2025.
   */
  teams: [
    '.api.powerplatform.com',
    '.logic.azure.com',
    '.api.gov.powerplatform.microsoft.us',
    '.api.high.powerplatform.microsoft.us',
    '.api.appsplatform.us',
    '.logic.azure.us',
    '.api.powerplatform.partner.microsoftonline.cn',
    '.logic.azure.cn',
  ],
};
