import type { Alert } from '../../shared/alerts/alert.ts';
import type { MessageWords } from './message-words.ts';

/** How the channels' ids of people look (Slack's, Discord's, and Microsoft's references). */
const FORMS = {
  slack: /^[UW][A-Z0-9]{5,20}$/,
  discord: /^\d{17,20}$/,
  teams: /^[^\s@<>"]{1,64}@[^\s@<>"]{1,255}$/,
} as const;

/** The id of whom a message mentions in a channel: the first of that channel's form. */
export function mentionId(
  { mentions }: MessageWords,
  { mention }: Alert,
  channel: keyof typeof FORMS,
): string | undefined {
  if (mentions === undefined) return undefined;
  return mention.get(mentions)?.find((id) => FORMS[channel].test(id));
}
