import type { Alert } from '../../shared/alerts/alert.ts';
import { type Escape, escaped, escapedPieces } from './escaped.ts';
import { mentionId } from './mention.ts';
import type { Detail, LateWords, MessageWords } from './message-words.ts';

/**
 * Discord takes 2,000 characters of content, 256 of a title, 4,096 of a description, 1,024 of a field, and 6,000 in all
 * (discord.com/developers, "Webhook Resource" and "Embed Limits"). We keep to half of that.
 */
export const DISCORD_LIMITS = { characters: 3_000 } as const;

/** Characters of an escaped value: a title and four values are far below all limits together. */
const MOST = { title: 250, value: 400 } as const;

/** A message for one of Discord's webhooks. */
export function discordPayload(words: MessageWords, alert: Alert): object {
  const { message, look, details, command, notes } = words;
  const mentioned = mentionId(words, alert, 'discord');
  const further: Detail[] = command
    ? [{ label: 'look further', text: `\`\`\`\n${inCode(command)}\n\`\`\`` }]
    : [];
  return {
    ...(mentioned && { content: `<@${mentioned}>` }),
    allowed_mentions: { parse: [], ...(mentioned && { users: [mentioned] }) },
    embeds: [
      {
        title: titleText(words),
        color: look.color,
        description: descriptionText(words),
        fields: [...details.map(shownDetail), ...further].map(({ label, text }) => ({
          name: label,
          value: text,
          inline: false,
        })),
        footer: { text: [`alert ${message.alert}`, ...notes].join(' · ') },
        timestamp: new Date(words.at).toISOString(),
      },
    ],
  };
}

/** One line without an embed, so without a color. */
export function lateDiscordPayload({ text, command }: LateWords): object {
  const further = command ? ` \`${inCode(command)}\`` : '';
  return { content: `**Late:** ${text}${further}`, allowed_mentions: { parse: [] } };
}

/** Markdown, and what begins a mention, a link, or an emoji. */
const inMarkdown: Escape = (character) =>
  /[\\*_~|>#[\]():@<`]/.test(character) ? `\\${character}` : character;

function inCode(text: string): string {
  return text.replaceAll('`', "'");
}

function titleText(words: MessageWords): string {
  const { look, headline, head, isOwn } = words;
  if (isOwn) return `${look.mark} ${escapedPieces(head, inMarkdown, MOST.title)}`;
  const { before, name } = headline;
  return `${look.mark} ${look.word}: ${escaped(`${before}${name}`, inMarkdown, MOST.title - 20)}`;
}

function descriptionText({ summary, run, whose, list }: MessageWords): string {
  const owners = whose.map((each) => escaped(each, inMarkdown, MOST.value)).join(' · ');
  return [
    [`**${summary}**`, ...run].join(', '),
    ...(owners ? [owners] : []),
    ...(list.length > 0 ? [`\`\`\`\n${inCode(list.join('\n'))}\n\`\`\``] : []),
  ].join('\n');
}

function shownDetail({ label, text, style }: Detail): Detail {
  if (style === 'code') return { label, text: `\`${inCode(text)}\`` };
  const value = escaped(text, inMarkdown, MOST.value);
  return { label, text: style === 'bold' ? `**${value}**` : value };
}
