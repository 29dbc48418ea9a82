import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { IS_EXHAUSTIVE, sharedSwift, startSqld, temporaryFolder, whyNoSwift } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runCommand } from './run-command.js';

const GUIDE = new URL('../../../docs/guides/production.md', import.meta.url);
/** Of a server that backs up every second. */
const GAP_MS = 6_000;
const TIME = '2026-01-31T10:00:00Z';
const BACKUP = 'mfrggzdfmztwq2lknnwg23tpoa';

const reason = IS_EXHAUSTIVE ? whyNoSwift() : 'only in the exhaustive tier';
if (reason) console.info(`skipped: the commands of a restore to a point in time: ${reason}`);

/** The commands of the section, each without the name of the program. */
async function commandsOfSection(): Promise<string[]> {
  const text = await readFile(GUIDE, 'utf8');
  const [, section = ''] = text.split('### Restoring a tenant to a point in time');
  const [, block = ''] = /^```sh\n(.*?)^```$/ms.exec(section) ?? [];
  return block
    .trim()
    .split('\n')
    .map((line) => line.replace(/^objectstack /, ''));
}

/** A project on a libSQL server that backs up to S3. */
async function openProject() {
  const { endpoint, access, createBucket } = await sharedSwift();
  const bucket = await createBucket('guide');
  const server = await startSqld({ backup: { endpoint, bucket, access, serverName: 's1' } });
  onTestFinished(() => server.stop());
  const cwd = await temporaryFolder();
  const { urlTemplate: url, adminUrl } = server;
  const sealingKey = { env: 'SEALING_KEY' };
  const dataPlane = { kind: 'server', url, adminUrl, sealingKey, backupIntervalSeconds: 1 };
  const objects = [{ name: 'note', fields: { text: { type: 'text' } } }];
  await writeFile(join(cwd, 'objectstack.config.json'), JSON.stringify({ bundle: 'bundle.json', dataPlane }));
  await writeFile(join(cwd, 'bundle.json'), JSON.stringify({ manifest: { version: '1.0.0' }, objects }));
  const variables = { SEALING_KEY: randomBytes(32).toString('base64') };
  return async (...args: string[]) => {
    const { code, stderr, documents } = await runCommand(cwd, [...args, '--json'], { variables });
    expect([args, code, stderr]).toEqual([args, 0, '']);
    return documents()[0] as Record<string, unknown>;
  };
}

describe.skipIf(reason !== undefined)('the guide to production', () => {
  it('restores a tenant to a point in time, and undoes it, with the commands that it shows', async () => {
    const json = await openProject();
    await json('tenants', 'create', '--slug', 'acme');
    await json('deploy');
    await json('data', 'insert', 'note', '{"text":"before"}');
    await delay(GAP_MS);
    const time = new Date().toISOString();
    await json('data', 'insert', 'note', '{"text":"after"}');
    const texts = async () => (await json('sql', 'SELECT text FROM note ORDER BY text DESC')).rows;
    let backup = '';
    const found: unknown[] = [];
    for (const command of await commandsOfSection()) {
      const args = command.replace(TIME, time).replace(BACKUP, backup).split(' ');
      const { replaced } = (await json(...args)) as { replaced?: { id: string } };
      backup = replaced?.id ?? backup;
      found.push(await texts());
    }
    const [before, both] = [[{ text: 'before' }], [{ text: 'before' }, { text: 'after' }]];
    expect(found).toEqual([before, before, both]);
  });
});
