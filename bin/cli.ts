#!/usr/bin/env node
const NAME = 'deadline-notifications';
const OLDEST_NODE = 22;

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  console.error(`${NAME} needs Node.js ${OLDEST_NODE} or later; this is ${process.versions.node}.`);
  process.exit(70); // EXIT.software, whose module an older Node.js may not load
}

const { main } = await import('../src/cli/main.ts');
await main();
