import { CHANGE_CODES, DeployDiffSchema } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { freshDatabase, object } from '../database.js';

const option = (value: string) => ({ label: value, value });
const strict = { type: 'text', storage: { notNull: true } };
const BEFORE = [
  object('kept', {
    name: { type: 'text' },
    was: { type: 'text' },
    gone: { type: 'text' },
    amount: { type: 'number' },
    title: { type: 'text' },
    strict,
    loose: { type: 'text' },
    link: { type: 'lookup', reference: 'kept' },
    code: { type: 'text', unique: true },
    sorted: { type: 'text', index: true },
    free: { type: 'lookup', reference: 'kept' },
    old: { type: 'text', index: true },
    short: { type: 'text' },
    color: { type: 'select', options: [option('red'), option('blue')] },
    unlimited: { type: 'number', max: 9 },
  }),
  object('dropped', { name: { type: 'text' } }),
  object('former', { name: { type: 'text' } }),
];
const AFTER = [
  object('kept', {
    name: { type: 'text', label: 'Name' },
    now: { type: 'text', renamedFrom: 'was' },
    amount: { type: 'text' },
    title: { type: 'number' },
    strict: { type: 'text' },
    loose: strict,
    link: { type: 'lookup', reference: 'kept', deleteBehavior: 'cascade' },
    code: { type: 'text' },
    sorted: { type: 'text' },
    free: { type: 'lookup', reference: 'kpet' },
    young: { type: 'text', index: true, renamedFrom: 'old' },
    short: { type: 'text', maxLength: 3 },
    color: { type: 'select', options: [option('red')] },
    unlimited: { type: 'number' },
    added: { type: 'text', index: true },
    fresh: { type: 'text', unique: true },
    hinted: { type: 'text', renamedFrom: 'unknown' },
  }),
  object('latter', { name: { type: 'text' } }, { renamedFrom: 'former' }),
  object('made', { name: { type: 'text' } }),
];
const view = (name: string) => ({ kind: 'view' as const, name, definition: { name } });

describe('the code of a change', () => {
  it('is given by a diff, each at least once', async () => {
    const { driver } = await freshDatabase(BEFORE);
    const current = await createSqliteSchemaDiff().introspect(driver);
    const deployed = { ...current, components: [{ ...view('old'), owner: 'tenant' }] };
    const diff = createSqliteSchemaDiff().diff(deployed, AFTER, { components: [view('new')] });
    expect(DeployDiffSchema.parse(diff)).toEqual(diff);
    const changes = [...diff.objects, ...diff.fields, ...diff.indexes, ...diff.components];
    const codes = new Map(changes.map(({ id, code }) => [id.replace(/_[0-9a-f]{6,}$/, ''), code]));
    expect([...new Set(codes.values())].sort()).toEqual(Object.keys(CHANGE_CODES).sort());
    expect(codes.get('remove_object:dropped')).toBe('DS101');
    expect(codes.get('remove_field:kept.gone')).toBe('DS102');
    expect(codes.get('change_field:kept.title')).toBe('DS103');
    expect(codes.get('change_field:kept.link')).toBe('DS104');
    expect(codes.get('change_field:kept.loose')).toBe('DD201');
    expect(codes.get('change_field:kept.short')).toBe('DD203');
    expect(codes.get('change_field:kept.color')).toBe('DD206');
    expect(codes.get('rename_object:latter')).toBe('BC301');
    expect(codes.get('rename_field:kept.now')).toBe('BC302');
    expect(codes.get('change_field:kept.amount')).toBe('BC303');
  });
});
