import { suggestion } from './suggestion.ts';

/** The fields that a message of one's own can name. */
export const MESSAGE_FIELDS = [
  'alert',
  'transition',
  'name',
  'job',
  'user',
  'department',
  'plugin',
  'pool',
  'batch',
  'tasks',
  'count',
  'frames',
  'workers',
  'errors',
  'reason',
  'duration',
  'time',
] as const;
export type MessageField = (typeof MESSAGE_FIELDS)[number];

/** A template: texts, and fields between them. */
export type MessageTemplate = readonly (string | { readonly field: MessageField })[];

/** Why a text is no template, to follow `message`. */
export interface NoTemplate {
  readonly problem: string;
}

/** A doubled brace, a field in braces, a brace alone, or anything else. */
const PARTS = /\{\{|\}\}|\{([^{}]*)\}|[{}]|[^{}]+/g;

/** Parses a message with fields in braces, such as `{name} is done`; `{{` and `}}` are braces. */
export function parseTemplate(text: string): MessageTemplate | NoTemplate {
  if (text.trim() === '') return { problem: 'is empty' };
  const template: (string | { readonly field: MessageField })[] = [];
  for (const [part, name] of text.matchAll(PARTS)) {
    if (name !== undefined) {
      const field = MESSAGE_FIELDS.find((each) => each === name);
      if (field === undefined) return { problem: noField(name) };
      template.push({ field });
    } else if (part === '{' || part === '}') {
      return { problem: `has a ${part} without its other half: write ${part}${part} for a brace` };
    } else {
      template.push(part === '{{' || part === '}}' ? part.charAt(0) : part);
    }
  }
  return template;
}

/** A template as it is written. */
export function templateText(template: MessageTemplate): string {
  return template
    .map((part) =>
      typeof part === 'string' ? part.replaceAll(/[{}]/g, '$&$&') : `{${part.field}}`,
    )
    .join('');
}

function noField(name: string): string {
  return `has {${name}}, which is no field${suggestion(name, MESSAGE_FIELDS)}`;
}
