import { stringify } from 'csv-stringify/sync';

/**
 * Lines of CSV as RFC 4180 has it, each with its end. A text that a spreadsheet would take for a formula has a `'` before
 * it.
 */
export function csvLines(lines: readonly (readonly unknown[])[]): string {
  return stringify(
    lines.map((line) => [...line]),
    {
      record_delimiter: 'windows',
      // Half of a line's end ends it for some readers, too.
      quoted_match: /[\r\n]/,
      escape_formulas: true,
      cast: { boolean: String },
    },
  );
}
