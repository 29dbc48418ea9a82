#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { startTursoEmulator } from './start-turso-emulator.js';

const { values } = parseArgs({
  options: {
    dir: { type: 'string', default: '.turso-emulator' },
    port: { type: 'string', default: '8787' },
    organization: { type: 'string', default: 'emulator' },
    token: { type: 'string', default: 'emulator-token' },
    'served-after-ms': { type: 'string', default: '0' },
  },
});

const emulator = await startTursoEmulator({
  dir: values.dir,
  port: Number(values.port),
  organizationSlug: values.organization,
  platformTokens: [{ token: values.token }],
  servedAfterMs: Number(values['served-after-ms']),
});
console.log(`Platform API:   ${emulator.url}`);
console.log(`organization:   ${emulator.organizationSlug}, group default`);
console.log(`platform token: ${emulator.platformToken}`);
console.log(`databases:      ${values.dir}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void emulator.stop().then(() => process.exit(0));
  });
