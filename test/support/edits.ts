import fc from 'fast-check';

const KINDS = ['delete', 'insert', 'double', 'swap', 'cut'] as const;

/** One slip in a text: at a place, of so many characters. */
interface Edit {
  readonly kind: (typeof KINDS)[number];
  readonly at: number;
  readonly length: number;
  readonly inserted: string;
}

export const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom(...KINDS),
  at: fc.nat(),
  length: fc.integer({ min: 1, max: 8 }),
  inserted: fc.constantFrom(...'{}[]:,"\\/0123456789.eE+-tfnuaZ\' \n\t\r\0é😀\ud83d\ufeff'),
});

export function edited(text: string, edits: readonly Edit[]): string {
  return edits.reduce(applied, text);
}

function applied(text: string, { kind, at, length, inserted }: Edit): string {
  const start = at % (text.length + 1);
  const before = text.slice(0, start);
  const part = text.slice(start, start + length);
  const after = text.slice(start + length);
  switch (kind) {
    case 'delete':
      return before + after;
    case 'insert':
      return before + inserted + part + after;
    case 'double':
      return before + part + part + after;
    case 'swap':
      return before + after.slice(0, length) + part + after.slice(length);
    case 'cut':
      return before;
  }
}
