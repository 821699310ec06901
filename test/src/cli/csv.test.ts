import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvLines } from '../../../src/cli/csv.ts';

/** A plain reader: a line ends at any CR, LF, or both, unless it is in quotes. */
function readCsv(text: string): string[][] {
  const lines: string[][] = [];
  let [line, cell, isQuoted]: [string[], string, boolean] = [[], '', false];
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] as string;
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (text[index + 1] === '"') {
        cell += '"';
        index += 1;
      } else isQuoted = false;
    } else if (character === '"') isQuoted = true;
    else if (character === ',' || character === '\r' || character === '\n') {
      line.push(cell);
      cell = '';
      if (character === ',') continue;
      if (character === '\r' && text[index + 1] === '\n') index += 1;
      lines.push(line);
      line = [];
    } else cell += character;
  }
  return lines;
}

const cell = fc.string({
  unit: fc.constantFrom('a', '=', '+', '-', '@', "'", '"', ',', '\r', '\n', '\t', ' ', 'ä', '👍'),
  maxLength: 6,
});

test('property: what is written is read again, whatever is in it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { maxLength: 4 }),
      (lines) => {
        const safe = (text: string) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
        expect(readCsv(csvLines(lines))).toEqual(lines.map((line) => line.map(safe)));
      },
    ),
    { numRuns: 500 },
  );
});
