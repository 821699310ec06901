import { readFile } from 'node:fs/promises';
import { arch, cpus, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { VERSION as DYNAMODB_LOCAL_VERSION } from '../src/local/engines/dynamodb-local.ts';

/** The machine and versions that a run was measured on. */
export interface Machine {
  /** The day, such as `2026-11-22`. */
  readonly date: string;
  readonly cpu: string;
  readonly memory: string;
  readonly system: string;
  readonly versions: Readonly<Record<string, string>>;
}

export async function thisMachine(): Promise<Machine> {
  const path = join(import.meta.dirname, '..', 'package.json');
  const { devDependencies: packages } = JSON.parse(await readFile(path, 'utf8'));
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: `${cpus().length} × ${cpus()[0]?.model.trim()}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${type()} ${arch()}`,
    versions: {
      'Node.js': process.versions.node,
      '@aws-sdk/client-dynamodb': packages['@aws-sdk/client-dynamodb'],
      '@aws-lambda-powertools/logger': packages['@aws-lambda-powertools/logger'],
      '@aws-lambda-powertools/batch': packages['@aws-lambda-powertools/batch'],
      fauxqs: packages.fauxqs,
      'DynamoDB Local': DYNAMODB_LOCAL_VERSION,
    },
  };
}

/** Describes the machine in one line. */
export function describeMachine({ date, versions, ...machine }: Machine): string {
  const programs = Object.entries(versions).map((version) => version.join(' '));
  return [date, ...Object.values(machine), ...programs].join(', ');
}
