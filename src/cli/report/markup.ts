import { plainLine } from '../../shared/printable.ts';

/** Text that is HTML. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Markup | string | number | readonly Part[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Makes HTML of a template: each value in it is text, between tags or in a quoted attribute, unless it is HTML itself. */
export function markup(texts: TemplateStringsArray, ...values: readonly Part[]): Markup {
  return new Markup(texts.reduce((all, text, index) => all + written(values[index - 1]) + text));
}

function written(part: Part | undefined): string {
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map(written).join('');
  return plainLine(String(part)).replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
