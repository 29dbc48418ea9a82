import { describe, expect, it } from 'vitest';
import { parseCommandLine } from './parse-command-line.js';

const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' };
const BACKUP = ['--backup-endpoint', 'http://127.0.0.1:9000', '--backup-bucket', 'emulator'];

describe('parseCommandLine', () => {
  it('has defaults', () => {
    expect(parseCommandLine([], {})).toEqual({
      options: {
        dir: '.turso-emulator',
        port: 8787,
        organizationSlug: 'emulator',
        platformTokens: [{ token: 'emulator-token' }],
        servedAfterMs: 0,
      },
    });
  });

  it('reads the bucket of a backup, and its credentials from variables', () => {
    expect(parseCommandLine([...BACKUP, '--backup-interval', '1'], CREDENTIALS)).toMatchObject({
      options: {
        backup: {
          endpoint: 'http://127.0.0.1:9000',
          bucket: 'emulator',
          region: 'us-east-1',
          accessKeyId: 'key',
          secretAccessKey: 'secret',
          intervalSeconds: 1,
        },
      },
    });
  });

  it('shows every option in its help', () => {
    const shown = parseCommandLine(['--help'], {});
    expect(shown).toMatchObject({ isMistake: false, text: expect.stringContaining('--backup-endpoint') });
  });

  it.each([
    ['an unknown option', ['--prot', '1'], '--prot'],
    ['a port that is no number', ['--port', 'x'], '--port must be a whole number from 0 to 65535'],
    ['a port that is too high', ['--port', '65536'], '--port'],
    ['a bucket without its server', ['--backup-bucket', 'emulator'], '--backup-endpoint'],
    ['a bucket without credentials', BACKUP, 'AWS_ACCESS_KEY_ID'],
    ['an argument', ['start'], 'start'],
  ])('refuses %s with the next step', (_what, args, place) => {
    const answer = parseCommandLine(args, {});
    expect(answer).toMatchObject({ isMistake: true, text: expect.stringContaining(place) });
    expect(answer).toMatchObject({ text: expect.stringContaining('Next: turso-emulator --help') });
  });
});
