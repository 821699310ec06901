import type { TransitionName } from '../../shared/transitions.ts';

/** What a message shows at a glance: the word always, and a mark and a color besides. */
export interface StatusLook {
  readonly word: string;
  /** The name of an emoji of Slack. */
  readonly emoji: string;
  readonly mark: string;
  /** Of the bar of Discord. */
  readonly color: number;
  /** Of the container of Teams, and with a capital, of its text. */
  readonly style: 'attention' | 'warning' | 'accent' | 'default';
  /** Whether nobody has to act. */
  readonly isCalm: boolean;
}

const LOOKS: Readonly<Record<string, StatusLook>> = {
  failed: look('Failed', 'octagonal_sign', '✗', 0xad2409, 'attention'),
  requeued: look('Requeued', 'leftwards_arrow_with_hook', '↵', 0x946000, 'warning'),
  suspended: look('Suspended', 'double_vertical_bar', '◫', 0x64548c, 'accent'),
  completed: look('Completed', 'heavy_check_mark', '✓', 0x1a6f5d, 'default', true),
  started: look('Started', 'arrow_forward', '▸', 0x1d5dbd, 'default', true),
  deleted: look('Deleted', 'no_entry_sign', '⊘', 0x626b76, 'default'),
  stopped: look('Stopped', 'black_square_for_stop', '·', 0x626b76, 'default'),
};

/** What became of what: `job-failed` is `['job', 'failed']`. */
export function partsOf(transition: TransitionName): ['job' | 'task', string] {
  return transition.split('-') as ['job' | 'task', string];
}

export function lookOf(transition: TransitionName): StatusLook {
  return LOOKS[partsOf(transition)[1]] as StatusLook;
}

/** The mark that an emoji of Slack stands for. */
export function markOfEmoji(name: string): string {
  return Object.values(LOOKS).find(({ emoji }) => emoji === name)?.mark ?? `:${name}:`;
}

function look(
  word: string,
  emoji: string,
  mark: string,
  color: number,
  style: StatusLook['style'],
  isCalm = false,
): StatusLook {
  return { word, emoji, mark, color, style, isCalm };
}
