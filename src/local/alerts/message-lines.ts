import { markOfEmoji } from '../../alerts/render/status-look.ts';
import { printable } from '../../shared/printable.ts';
import { COMMAND } from '../../shared/resource-names.ts';
import { wrapped } from '../../terminal/wrapped.ts';

type Fields = Readonly<Record<string, unknown>>;

/** How many transitions of a webhook's message are shown. */
const SHOWN = 10;

/** Columns that a message is indented by. */
const INDENT = '  ';

/**
 * A message as it is printed: its channel, then what people would read there. Of the log, the JSON, and
 * of webhooks, which programs read, its first transitions.
 *
 * @param width of the screen, in columns
 */
export function messageLines(channel: string, payload: object, width: number): readonly string[] {
  const texts = textsOf(channel, payload as Fields).flatMap((text) => text.split('\n'));
  const lines = texts.flatMap((text) =>
    // What is to be copied stays whole.
    text.startsWith(`${COMMAND} `)
      ? printable(text)
      : wrapped(printable(text), width - INDENT.length),
  );
  return [`${printable(channel)}:`, ...lines.map((line) => (INDENT + line).trimEnd()), ''];
}

function textsOf(channel: string, payload: Fields): string[] {
  switch (channel.replace(/:.*$/s, '')) {
    case 'slack':
      return slackTexts(payload);
    case 'discord':
      return discordTexts(payload);
    case 'teams':
      return teamsTexts(payload);
    case 'webhook':
      return transitionTexts(payload);
    case 'log':
      return [spacedJson(payload)];
    default:
      return [`Subject: ${payload.subject}`, '', String(payload.text).trimEnd()];
  }
}

/** The texts of blocks, each on lines of its own. Mentions are as Slack's users type them. */
function slackTexts({ text, blocks }: Fields): string[] {
  const texts = listOf(blocks).map(({ text, elements }) =>
    text ? ownText(text as Fields) : listOf(elements).map(elementText).join('\n'),
  );
  return texts.length > 0 ? texts : [String(text)];
}

function elementText(element: Fields): string {
  const { type, elements, name, user_id } = element;
  if (type === 'emoji') return markOfEmoji(String(name));
  if (type === 'user') return `<@${user_id}>`;
  return elements ? listOf(elements).map(elementText).join('') : ownText(element);
}

function ownText({ text }: Fields): string {
  return typeof text === 'string' ? text : '';
}

/** Texts without the backslashes and backticks that Discord does not show. */
function discordTexts({ content, embeds }: Fields): string[] {
  const texts = listOf(embeds).flatMap(({ title, description, fields, footer }) => [
    title,
    description,
    ...listOf(fields).map(({ name, value }) => `${name}  ${value}`),
    (footer as Fields | undefined)?.text,
  ]);
  return [content, ...texts]
    .filter((text) => typeof text === 'string' && text !== '')
    .map((text) =>
      String(text)
        .replaceAll(/```\n?|(?<!\\)[`]|(?<!\\)\*\*/g, '')
        .replaceAll(/\\([^a-z\d\s])/gi, '$1')
        .trimEnd(),
    );
}

/** A text for each block of a card. */
function teamsTexts({ attachments }: Fields): string[] {
  return listOf(attachments).flatMap(({ content }) =>
    listOf((content as Fields).body).flatMap(cardTexts),
  );
}

function cardTexts(element: Fields): string[] {
  const { items, inlines } = element;
  if (items) return listOf(items).flatMap(cardTexts);
  return [inlines ? listOf(inlines).map(ownText).join('') : ownText(element)];
}

/** A line for each of the first transitions. */
function transitionTexts({ alert, transitions }: Fields): string[] {
  const all = listOf(transitions);
  const shown = all.slice(0, SHOWN);
  return [
    `alert ${alert}, transitions: ${all.length}`,
    ...shown.map(({ at, transition, job, task }) =>
      [at, transition, job, task === null ? '' : `task ${task}`].join(' ').trimEnd(),
    ),
    ...(all.length > SHOWN ? [`${all.length - SHOWN} more`] : []),
  ];
}

function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value : [];
}

/** JSON with blanks, at which it can be wrapped. */
function spacedJson(value: Fields): string {
  return JSON.stringify(value, null, 1).replaceAll(/([[{]?)\n *([\]}]?)/g, (_, open, close) =>
    open || close ? open + close : ' ',
  );
}
