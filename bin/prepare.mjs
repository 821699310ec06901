// Plain JavaScript, as the system's Node.js runs it if nothing is installed yet.
import { createRequire } from 'node:module';

if (isInstalled('esbuild')) {
  const { buildCommandLine } = await import('./build.ts');
  await buildCommandLine();
} else if (process.env.npm_config_global === 'true') {
  console.error('The command line is not built yet: run `npm ci` in this folder first.');
  process.exitCode = 1;
}

function isInstalled(name) {
  try {
    return createRequire(import.meta.url).resolve(name) !== '';
  } catch {
    return false;
  }
}
