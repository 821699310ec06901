import type { Mail } from '../message/channel-message.ts';
import { headlineText, headText, type LateWords, type MessageWords } from './message-words.ts';

/**
 * A subject has less than 100 characters, no line ends, and no control characters. Newer references of SNS's `Publish`
 * say UTF-8, older ones ASCII; Amazon Managed Service for Prometheus, which sends by SNS, replaces subjects that are not
 * ASCII ("Understanding Amazon SNS message validation rules"). A message has at most 256 KB.
 */
export const MAIL_LIMITS = { subject: 99, bytes: 8 * 1_024 } as const;

/** Characters of what a subject says, at least, before whose it is. */
const ROOM_FOR_TITLE = 50;

/** An e-mail, which is also what other subscribers of a topic get. */
export function mailPayload(words: MessageWords): Mail {
  const { isOwn, whose, run, time, day, details, list, command, notes } = words;
  const facts = [...whose, ...run, ...(isOwn ? [`${time} on ${day}`] : [])].join(', ');
  const width = Math.max(0, ...details.map(({ label }) => label.length));
  const lines = details.map(({ label, text }) => `${label.padEnd(width)}  ${withX(text)}`);
  const paragraphs = [
    [firstLine(words), ...(facts ? [facts] : [])],
    lines,
    list,
    command ? [command] : [],
    notes,
  ];
  return { subject: subjectText(words), text: paragraphsText(paragraphs) };
}

/** One line. */
export function lateMailPayload({ message, count, text, command }: LateWords): Mail {
  return {
    subject: ascii(`[${message.alert}] Late: ${count}`),
    text: paragraphsText([[`Late: ${text}`], command ? [command] : []]),
  };
}

function firstLine(words: MessageWords): string {
  const { isOwn, sentence, time, day } = words;
  if (isOwn) return headText(words);
  const { before, name, verb, rest } = sentence;
  return `${before}${name}${verb && ` ${verb}`} at ${time} on ${day}${rest}.`;
}

function subjectText(words: MessageWords): string {
  const start = `[${words.message.alert}] `;
  if (words.isOwn) return ascii(`${start}${headText(words)}`);
  const { look, headline } = words;
  const [first] = headline.whose;
  const titled = { look, headline: { ...headline, name: withDots(headline.name) } };
  const room = MAIL_LIMITS.subject - start.length;
  const owner = first === undefined ? '' : ` (${withDots(first)})`;
  const shownOwner =
    headlineText(titled, ROOM_FOR_TITLE, '...').length + owner.length <= room ? owner : '';
  return ascii(`${start}${headlineText(titled, room - shownOwner.length, '...')}${shownOwner}`);
}

/** In ASCII and on one line: each other character is a `?`, but for those that we write. */
function ascii(text: string): string {
  const written = withDots(withX(text))
    .replaceAll('–', '-')
    .replaceAll(/[^\x20-\x7e]/gu, '?');
  const most = MAIL_LIMITS.subject;
  return written.length <= most ? written : `${written.slice(0, most - 3)}...`;
}

function withDots(text: string): string {
  return text.replaceAll('…', '...');
}

function withX(text: string): string {
  return text.replaceAll(/ ×(?=\d)/g, ' x');
}

function paragraphsText(paragraphs: readonly (readonly string[])[]): string {
  const all = paragraphs.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${all.join('\n\n')}\n`;
}
