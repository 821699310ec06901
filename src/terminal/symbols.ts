/** What stands for a symbol where only ASCII can be shown: as wide, so that tables stay in line. */
const ASCII: Readonly<Record<string, string>> = {
  '✗': 'F',
  '✓': 'C',
  '▸': 'R',
  '↵': 'Q',
  '◫': 'S',
  '⊘': 'D',
  '◌': 'N',
  '…': '~',
  '×': 'x',
  '·': '-',
  '–': '-',
  '─': '-',
};

const SYMBOLS = new RegExp(`[${Object.keys(ASCII).join('')}]`, 'gu');

/** A text whose symbols are in ASCII. */
export function withoutSymbols(text: string): string {
  return text.replaceAll(SYMBOLS, (symbol) => ASCII[symbol] as string);
}
