import { readFile } from 'node:fs/promises';
import { parseBundle, validateBundle } from '@objectstack/runtime';
import { describe, expect, it } from 'vitest';

const FILE = new URL('../bundle.json', import.meta.url);
const text = await readFile(FILE, 'utf8');

describe('bundle.json', () => {
  it('is a valid bundle without warnings', () => {
    expect(validateBundle(JSON.parse(text))).toMatchObject({ valid: true, issues: [] });
    expect(parseBundle(text).objects.map(({ name }) => name)).toEqual(['tool', 'rental']);
  });

  it('names the JSON Schema of the package', async () => {
    const { $schema } = JSON.parse(text);
    const schema = JSON.parse(await readFile(new URL($schema, FILE), 'utf8'));
    expect(schema.$id).toMatch(/\/DeployBundle\.authoring\.json$/);
  });

  it('is the same bundle without that key', () => {
    const { $schema: _, ...bundle } = JSON.parse(text);
    expect(validateBundle(bundle).checksum).toBe(validateBundle(JSON.parse(text)).checksum);
  });
});
