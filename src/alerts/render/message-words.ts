import { runTime } from '../../shared/run-time.ts';
import type { DigestMessage, JobMessage, LateMessage } from '../message/alert-message.ts';
import { cutMiddle } from './cut.ts';
import type { StatusLook } from './status-look.ts';

/** What a message is shown by, besides what it says. */
export interface MessageView {
  /** Of clock times: an IANA name. */
  readonly timeZone: string;
  /** For commands, if it is not the default. */
  readonly stackName: string | undefined;
  /** In ms since the epoch. */
  readonly now: number;
}

/** A part of the first line: our own or the alert's words, a value, or what it is about. */
export interface Piece {
  readonly text: string;
  readonly is: 'words' | 'value' | 'name';
}

/** A sentence about something: `12 of 71 tasks of `, a name, `failed`, ` in 58 s`, `; the job goes on`. */
export interface Sentence {
  readonly before: string;
  readonly name: string;
  readonly verb: string;
  readonly span: string;
  readonly rest: string;
}

/** What a one-line preview begins with, and a subject: before the name, the name, after it, and whose it is. */
export interface Headline {
  readonly before: string;
  readonly name: string;
  readonly after: string;
  /** The most important first. */
  readonly whose: readonly string[];
}

/** A line with a label. */
export interface Detail {
  readonly label: string;
  readonly text: string;
  readonly style?: 'code' | 'bold';
}

/** What a message about one job or many says, in no channel's form yet. Its texts are safe to show and not too long. */
export interface MessageWords {
  readonly message: JobMessage | DigestMessage;
  /** Of the job, if it is about one. */
  readonly id: string | undefined;
  readonly look: StatusLook;
  readonly headline: Headline;
  /** The first line: the alert's own message, or the sentence. */
  readonly head: readonly Piece[];
  readonly isOwn: boolean;
  /** All of the message on one line, the most important in its first 60 characters. */
  readonly preview: string;
  readonly sentence: Sentence;
  /** The sentence without the job's name. */
  readonly summary: string;
  /** Whose it is, how long it ran, and its errors. */
  readonly whose: readonly string[];
  readonly run: readonly string[];
  /** When it was, or ended, in ms since the epoch. */
  readonly at: number;
  /** The same with its beginning, such as `01:47:23 EST`, and its day, such as `Nov 25`. */
  readonly time: string;
  readonly day: string;
  readonly details: readonly Detail[];
  /** Lines whose columns are aligned. */
  readonly list: readonly string[];
  /** What to type to look further. */
  readonly command: string | undefined;
  /** What explains the message. */
  readonly notes: readonly string[];
  /** Whom it may mention: a user of Deadline. */
  readonly mentions: string | undefined;
}

/** What a message about late notifications says: one line, and the command to look further. */
export interface LateWords {
  readonly message: LateMessage;
  /** Such as `412 notifications`. */
  readonly count: string;
  readonly preview: string;
  /** What follows `Late: `. */
  readonly text: string;
  readonly command: string | undefined;
}

/** The shortest that a name in a headline is cut to. */
const SHORTEST = 16;

/** Such as `Failed: sq040_sh0310_cache_v003, 7 of 41 tasks`; the name is cut so that all of it fits. */
export function headlineText(
  { look, headline }: Pick<MessageWords, 'look' | 'headline'>,
  most: number,
  gap?: string,
): string {
  const { before, name, after } = headline;
  const start = `${look.word}: ${before}`;
  const room = Math.max(SHORTEST, most - start.length - after.length);
  return `${start}${cutMiddle(name, room, gap)}${after}`;
}

/** The first line as plain text. */
export function headText({ head }: MessageWords): string {
  return head.map(({ text }) => text).join('');
}

/** Such as `1 task`, or `7 tasks`. */
export function counted(count: number, thing: string): string {
  return `${count} ${count === 1 ? thing : `${thing}s`}`;
}

/** The sentence in pieces, for the first line. */
export function sentencePieces({ before, name, verb, span, rest }: Sentence): Piece[] {
  const after = `${verb && ` ${verb}`}${span}${rest}`;
  const pieces: Piece[] = [
    { text: before, is: 'words' },
    { text: name, is: 'name' },
    { text: after, is: 'words' },
  ];
  return pieces.filter(({ text }) => text !== '');
}

/** How long something took, such as ` in 58 s`; empty if it was but a moment. */
export function spanText(ms: number): string {
  if (!(ms >= 1_000)) return '';
  return ` in ${ms < 60_000 ? `${Math.floor(ms / 1_000)} s` : runTime(ms)}`;
}
