#!/usr/bin/env node
import { parseCommandLine } from './parse-command-line.js';
import { startTursoEmulator } from './start-turso-emulator.js';

const command = parseCommandLine(process.argv.slice(2), process.env);
if ('text' in command) {
  (command.isMistake ? process.stderr : process.stdout).write(`${command.text}\n`);
  process.exit(command.isMistake ? 2 : 0);
}

const emulator = await startTursoEmulator(command.options).catch((error: NodeJS.ErrnoException) => {
  const isTaken = error.code === 'EADDRINUSE';
  const reason = isTaken
    ? `port ${command.options.port} is used by another process; give another --port`
    : error.message;
  process.stderr.write(`The emulator cannot start: ${reason}.\n`);
  process.exit(1);
});
console.log(`Platform API:   ${emulator.url}`);
console.log(`organization:   ${emulator.organizationSlug}, group default`);
console.log(`platform token: ${emulator.platformToken}`);
console.log(`databases:      ${command.options.dir}`);
if (command.options.backup) console.log(`backup:         bucket ${command.options.backup.bucket}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void emulator.stop().then(() => process.exit(0));
  });
