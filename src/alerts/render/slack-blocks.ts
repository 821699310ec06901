import type { Alert } from '../../shared/alerts/alert.ts';
import { type Escape, escaped } from './escaped.ts';
import { mentionId } from './mention.ts';
import { headText, type LateWords, type MessageWords } from './message-words.ts';

/**
 * Slack documents 50 blocks, and 3,000 characters of a text object (docs.slack.dev, "Block Kit reference"). All blocks
 * together have some 13,200, which is not documented (github.com/slackapi/bolt-js, issue 2509). We keep to 3,000 in all,
 * and to 300 of the top-level `text`. That incoming webhooks take `rich_text` is not documented, but was tried
 * (slackapi/bolt-js, issue 1324, December 2023).
 */
export const SLACK_LIMITS = { blocks: 20, characters: 3_000, text: 300 } as const;

interface TextElement {
  readonly type: 'text';
  readonly text: string;
  readonly style?: { readonly bold?: true; readonly code?: true };
}
type Element =
  | TextElement
  | { readonly type: 'emoji'; readonly name: string }
  | { readonly type: 'user'; readonly user_id: string };

/** A message for one of Slack's incoming webhooks. */
export function slackPayload(words: MessageWords, alert: Alert): object {
  const { preview, isOwn, list, command } = words;
  const footer = footerText(words);
  return {
    text: escaped(isOwn ? `${headText(words)}\n${preview}` : preview, inText, SLACK_LIMITS.text),
    unfurl_links: false,
    blocks: [
      section(headElements(words, mentionId(words, alert, 'slack'))),
      ...sectionOf(lineElements(words)),
      ...(list.length > 0 ? [preformatted(list.join('\n'))] : []),
      ...(command ? [preformatted(command)] : []),
      ...(footer
        ? [{ type: 'context', elements: [{ type: 'plain_text', text: footer, emoji: false }] }]
        : []),
    ],
  };
}

/** One line, without color and mention. */
export function lateSlackPayload({ preview, text, command }: LateWords): object {
  const elements: Element[] = [
    { type: 'text', text: 'Late: ', style: { bold: true } },
    { type: 'text', text: command ? `${text} ` : text },
    ...(command ? [codeElement(command)] : []),
  ];
  return {
    text: escaped(preview, inText, SLACK_LIMITS.text),
    unfurl_links: false,
    blocks: [section(elements)],
  };
}

/**
 * In the top-level `text`, which is all that a server like Slack that knows no blocks shows. There, `@channel` calls
 * all (Mattermost, "Incoming webhooks", parameter `text`), unless something stands between, which nobody sees.
 */
const inText: Escape = (character) => ENTITIES[character] ?? character;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '@': '@\u200b',
};

function headElements(words: MessageWords, mentioned: string | undefined): Element[] {
  const { look, head, whose, run, time } = words;
  // Where nothing is known of a job, it has no line of its own.
  const hasFacts = whose.length + run.length > 0;
  return [
    { type: 'emoji', name: look.emoji },
    { type: 'text', text: ' ' },
    ...head.map(
      ({ text, is }): TextElement =>
        is === 'name' ? { type: 'text', text, style: { bold: true } } : { type: 'text', text },
    ),
    ...(hasFacts ? [] : [{ type: 'text' as const, text: `, ${time}` }]),
    ...(mentioned
      ? [
          { type: 'text' as const, text: '  ' },
          { type: 'user' as const, user_id: mentioned },
        ]
      : []),
  ];
}

function lineElements({ whose, run, time, details }: MessageWords): Element[] {
  const facts = [...whose, ...run];
  const lines: Element[][] = [
    ...(facts.length > 0 ? [[textElement([...facts, time].join(' · '))]] : []),
    ...details.map(({ label, text, style }): Element[] =>
      style === undefined
        ? [textElement(`${label}  ${text}`)]
        : [textElement(`${label}  `), { type: 'text', text, style: { [style]: true } }],
    ),
  ];
  return lines.flatMap((line, index) => (index === 0 ? line : [textElement('\n'), ...line]));
}

function footerText({ message, id, look, notes }: MessageWords): string {
  const about = id === undefined ? [] : [`job ${id}`];
  return [...(look.isCalm ? [] : [`alert ${message.alert}`, ...about]), ...notes].join(' · ');
}

function sectionOf(elements: readonly Element[]): object[] {
  return elements.length === 0 ? [] : [section(elements)];
}

function section(elements: readonly Element[]): object {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: merged(elements) }],
  };
}

function preformatted(text: string): object {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }],
  };
}

function textElement(text: string): TextElement {
  return { type: 'text', text };
}

function codeElement(text: string): TextElement {
  return { type: 'text', text, style: { code: true } };
}

/** Joins texts without a style that follow each other. */
function merged(elements: readonly Element[]): Element[] {
  const all: Element[] = [];
  for (const element of elements) {
    const before = all.at(-1);
    if (isPlain(element) && before && isPlain(before)) {
      all[all.length - 1] = textElement(before.text + element.text);
    } else all.push(element);
  }
  return all;
}

function isPlain(element: Element): element is TextElement {
  return element.type === 'text' && element.style === undefined;
}
