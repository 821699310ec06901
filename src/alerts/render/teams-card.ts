import type { Alert } from '../../shared/alerts/alert.ts';
import { mentionId } from './mention.ts';
import { headlineText, type LateWords, type MessageWords } from './message-words.ts';

/**
 * What Teams takes: about 28 KB a message (learn.microsoft.com, "Create incoming webhooks"; some saw 21 KB). Users are
 * mentioned by the name of their account (the same, "Mention support within Adaptive Cards").
 */
export const TEAMS_LIMITS = { bytes: 16 * 1_024 } as const;

interface TextRun {
  readonly type: 'TextRun';
  readonly text: string;
  readonly weight?: 'Bolder';
  readonly color?: string;
  readonly isSubtle?: true;
  readonly fontType?: 'Monospace';
}

/** Characters of a headline. */
const FALLBACK = 120;

/** A message for one of Teams' workflows: an Adaptive Card. */
export function teamsPayload(words: MessageWords, alert: Alert): object {
  const { look, whose, run, time, details, list, command, notes } = words;
  const facts = [...whose, ...run];
  const id = mentionId(words, alert, 'teams');
  const mentioned = id && mentionOf(id);
  const body = [
    { type: 'Container', style: look.style, bleed: true, items: [richText(...headRuns(words))] },
    ...(facts.length > 0 ? [richText(subtle([...facts, time].join(' · ')))] : []),
    ...details.map(({ label, text, style }) => {
      if (style === undefined) return richText(textRun(`${label}  ${text}`));
      const look =
        style === 'code' ? { fontType: 'Monospace' as const } : { weight: 'Bolder' as const };
      return richText(textRun(`${label}  `), { ...textRun(text), ...look });
    }),
    ...list.map((line, index) => ({
      ...richText(mono(line.replaceAll('  ', '\u00a0\u00a0'))),
      ...(index > 0 && { spacing: 'None' }),
    })),
    ...(command ? [richText(mono(command))] : []),
    ...notes.map((note) => richText(subtle(note))),
    ...(mentioned ? [{ type: 'TextBlock', text: mentioned.text, wrap: true }] : []),
  ];
  return card(headlineText(words, FALLBACK), body, mentioned ? [mentioned] : []);
}

/** One line, without color and mention. */
export function lateTeamsPayload({ preview, text, command }: LateWords): object {
  const runs = [
    { ...textRun('Late: '), weight: 'Bolder' as const },
    textRun(command ? `${text} ` : text),
    ...(command ? [mono(command)] : []),
  ];
  return card(preview, [richText(...runs)], []);
}

function headRuns(words: MessageWords): TextRun[] {
  const { message, look, head, sentence, isOwn, whose, run, time } = words;
  const { before, name, span, rest } = sentence;
  // The sentence of many jobs begins with how many did what, which is the word.
  const word = isOwn || message.kind === 'digest' ? '' : `${look.word}: `;
  const color = look.style.charAt(0).toUpperCase() + look.style.slice(1);
  const runs = isOwn
    ? head.map(({ text }) => textRun(text))
    : [
        textRun(before),
        { ...textRun(name), weight: 'Bolder' as const },
        textRun(`${span}${word ? rest.replace(/^: /, '  ') : rest}`),
      ];
  return [
    { ...textRun(`${look.mark} ${word}`), weight: 'Bolder' as const, color },
    ...runs,
    textRun(whose.length + run.length > 0 ? '' : `, ${time}`),
  ].filter(({ text }) => text !== '');
}

function card(fallbackText: string, body: readonly object[], entities: readonly object[]): object {
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          fallbackText,
          body,
          msteams: { width: 'Full', ...(entities.length > 0 && { entities }) },
        },
      },
    ],
  };
}

/** `ana.ruiz@example.com` is shown as Ana Ruiz until Teams knows better. */
function mentionOf(id: string) {
  const [account = ''] = id.split('@');
  const parts = account.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const name = parts.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join(' ') || 'you';
  const text = `<at>${name}</at>`;
  return { type: 'mention', text, mentioned: { id, name } };
}

function richText(...inlines: readonly TextRun[]) {
  return { type: 'RichTextBlock', inlines };
}

function textRun(text: string): TextRun {
  return { type: 'TextRun', text };
}

function subtle(text: string): TextRun {
  return { type: 'TextRun', text, isSubtle: true };
}

function mono(text: string): TextRun {
  return { type: 'TextRun', text, fontType: 'Monospace' };
}
