import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';

const path = join(import.meta.dirname, '..', '..', 'docs', 'event.schema.json');
export const schema = JSON.parse(await readFile(path, 'utf8'));
const validate = new Ajv2020({ strictTypes: false }).compile(schema);

/** What breaks the documented contract in an event; `undefined` if nothing does. */
export function breaches(event: unknown): string | undefined {
  return validate(event) ? undefined : JSON.stringify(validate.errors, undefined, 2);
}
