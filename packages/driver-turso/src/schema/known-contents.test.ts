import { describe, expect, it } from 'vitest';
import { connected, directClient, freshDatabase, object } from '../../test/database.js';
import { knownContents, rememberContents, type SchemaContents } from './known-contents.js';
import { readCurrentSchema } from './read-current-schema.js';

let count = 0;
/** Contents that no other test has. */
const contents = (): SchemaContents => ({
  tables: [],
  views: [],
  objects: [],
  components: [],
  schemaHash: String(count++),
});
const values = (...last: string[]) => [['known-contents.test'], [null], last];

describe('knownContents', () => {
  it('returns the contents of the same values only', () => {
    const known = contents();
    rememberContents(values('a', 'b'), known);
    expect(knownContents(values('a', 'b'))).toBe(known);
    for (const other of [['a'], ['a', 'b', 'c'], ['b', 'a'], ['a', 'B'], ['ab'], ['a', ''], []])
      expect([other, knownContents(values(...other))]).toEqual([other, undefined]);
    expect(knownContents([['known-contents.test'], ['null'], ['a', 'b']])).toBeUndefined();
    expect(knownContents([['known-contents.test', null, 'a', 'b'], [], []])).toBeUndefined();
  });

  it('forgets the contents that were used least recently', () => {
    const [used, unused] = [contents(), contents()];
    rememberContents(values('used'), used);
    rememberContents(values('unused'), unused);
    for (let round = 0; round < 15; round++) {
      expect(knownContents(values('used'))).toBe(used);
      rememberContents(values('other', String(round)), contents());
    }
    expect(knownContents(values('unused'))).toBeUndefined();
    expect(knownContents(values('used'))).toBe(used);
  });

  it('keeps no more than four million characters', () => {
    const [large, larger] = ['a', 'b'].map((letter) => letter.repeat(2_500_000)) as [string, string];
    rememberContents(values(large), contents());
    expect(knownContents(values(large))).toBeDefined();
    rememberContents(values(larger), contents());
    expect([knownContents(values(large)), knownContents(values(larger))]).toEqual([
      undefined,
      expect.anything(),
    ]);
    rememberContents(values(large + larger), contents());
    expect(knownContents(values(large + larger))).toBeUndefined();
    expect(knownContents(values(larger))).toBeDefined();
  });
});

describe('readCurrentSchema', () => {
  it('shares the contents of equal databases, and sees every change by another client', async () => {
    const databases = [
      await freshDatabase([object('a', {})]),
      await freshDatabase([object('a', {})]),
    ] as const;
    const [first, second] = [
      await readCurrentSchema(databases[0].driver),
      await readCurrentSchema(databases[1].driver),
    ];
    expect(second.tables).toBe(first.tables);
    expect(second.objects).toBe(first.objects);
    expect(second.deploymentId).not.toBe(first.deploymentId);

    const client = directClient(databases[0].path);
    const changes = [
      'ALTER TABLE a ADD COLUMN other TEXT',
      'CREATE INDEX ix ON a (other)',
      'CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END',
      'CREATE VIEW v AS SELECT id FROM a',
      "UPDATE _os_object SET definition = json_set(definition, '$.label', 'Other')",
      "UPDATE _os_object SET owner = 'other'",
      `INSERT INTO _os_component (id, kind, name, owner, definition, created_at, updated_at)
        VALUES ('view/w', 'view', 'w', 'tenant', '{}', '', '')`,
    ];
    const hashes = new Set([first.schemaHash]);
    for (const [index, sql] of changes.entries()) {
      await client.execute(sql);
      const changed = await readCurrentSchema(databases[0].driver);
      hashes.add(changed.schemaHash);
      expect([sql, hashes.size]).toEqual([sql, index + 2]);
      expect(await readCurrentSchema(databases[0].driver)).toEqual(changed);
    }
    expect(await readCurrentSchema(databases[1].driver)).toEqual(second);
    expect(await readCurrentSchema(await connected({ url: databases[0].url }))).toMatchObject({
      views: [{ name: 'v' }],
    });
  });
});
