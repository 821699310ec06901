import { COMMAND } from '../shared/resource-names.ts';

/** How to call the command line, for hints: as it was called, by npm in a clone or else by its name. */
export function callName(env: NodeJS.ProcessEnv = process.env): string {
  const isScript = env.npm_lifecycle_event === 'cli' && env.npm_package_name === COMMAND;
  return isScript ? 'npm run -s cli --' : COMMAND;
}
