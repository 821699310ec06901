import { localEngines } from '../src/local/engines/environment.ts';
import { functionOf, type Template } from '../src/local/template.ts';
import { createEmptyTables } from './stack-tables.ts';

/** What the stack tells its function, with tables of its own in a DynamoDB of this machine. */
export async function environmentOf(
  template: Template,
  endpoint: string,
): Promise<Record<string, string>> {
  const { client, credentials, references } = await createEmptyTables(template, endpoint);
  client.destroy();
  return {
    ...localEngines(endpoint, credentials),
    ...functionOf(template, references).environment,
  };
}
