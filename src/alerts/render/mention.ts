import type { Alert } from '../../shared/alerts/alert.ts';
import { isMentionId, type MentioningChannel } from '../../shared/alerts/mention-id.ts';
import type { MessageWords } from './message-words.ts';

/** The id of whom a message mentions in a channel: the first of that channel's form. */
export function mentionId(
  { mentions }: MessageWords,
  { mention }: Alert,
  channel: MentioningChannel,
): string | undefined {
  if (mentions === undefined) return undefined;
  return mention.get(mentions)?.find((id) => isMentionId(id, channel));
}
