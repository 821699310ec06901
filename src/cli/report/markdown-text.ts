import { plainLine } from '../../shared/printable.ts';

/** A word in which no Markdown and no Slack sees more than a word: letters, numbers, and what ends a part of a sentence. */
const PLAIN =
  /^\(?[×–]?(?:\p{L}+(?:[-']?[\p{L}\p{N}]+)*|\p{N}+(?:[.,:]\p{N}+)*)?(?:[.,:;)]{1,2}|%)?$/u;
/** What would begin a list. */
const LIST = /^(?:\d+[.)]|–)$/;

/**
 * A value as code: Markdown sees nothing in it, nor do GitHub and Slack make a mention or a link of it.
 *
 * @param text not empty
 */
export function code(text: string): string {
  const line = plainLine(text).trim() || '?';
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = longest > 0 ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}

/** A sentence, with each word that is not plain as code: names of jobs and machines may be in it. */
export function sentence(text: string): string {
  return plainLine(text)
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word, index) => {
      if (index === 0 && LIST.test(word)) return code(word);
      if (PLAIN.test(word)) return word;
      const [, name = word, end = ''] = /^(.+?)([.,:;]?)$/.exec(word) ?? [];
      return code(name) + end;
    })
    .join(' ');
}
