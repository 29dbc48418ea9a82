import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { recordSession } from './recording/record-session.js';
import { recordingSvg } from './recording/recording-svg.js';

const FILE = new URL('../../../docs/recording.svg', import.meta.url);
const TITLE =
  'A terminal: a project is created and deployed, a removed field is refused, approved and rolled back';

it('shows the output that the commands of the recording have now; OBJECTSTACK_RECORD=1 writes it', async () => {
  const root = await mkdtemp(join(tmpdir(), 'objectstack-'));
  try {
    const svg = recordingSvg(await recordSession(root), TITLE);
    if (process.env.OBJECTSTACK_RECORD) await writeFile(FILE, svg);
    expect(await readFile(FILE, 'utf8')).toBe(svg);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});
