import type { Component, CurrentSchema, MigrationPlan } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { freshDatabase, object, planFor } from '../../../test/database.js';
import { createSqliteSchemaDiff } from '../schema-diff-service.js';
import { planHashOf } from './plan-hash-of.js';

const { readPlan, introspect, diff, generateMigrations, applyMigrations } = createSqliteSchemaDiff();
const BEFORE = object('account', { name: { type: 'text' } });
const AFTER = [BEFORE, object('contact', { account: { type: 'lookup', reference: 'account' } })];
const BUNDLE = { bundle: { checksum: 'a'.repeat(64), version: '1.0.0' } };

async function prepared() {
  const { driver } = await freshDatabase([BEFORE]);
  return { driver, current: await introspect(driver), plan: await planFor(driver, AFTER) };
}

const codeOf = (work: () => Promise<unknown>) =>
  work().then(
    () => 'read',
    (error: { code?: string }) => error.code,
  );

describe('verifyPlan', () => {
  it('returns the same plan if this process generated it, regardless of findings of a tenant', async () => {
    const { plan } = await prepared();
    expect(await readPlan(plan)).toBe(plan);
    expect(await readPlan({ ...plan, findings: [{ checkId: 'a', rows: 1 }], warnings: [] })).toBe(plan);
  });

  it('reads a plan from JSON to the same bytes, without its findings', async () => {
    const { plan } = await prepared();
    const read = await readPlan(JSON.parse(JSON.stringify({ ...plan, findings: [] })));
    expect(read).not.toBe(plan);
    expect(JSON.stringify(read)).toBe(JSON.stringify(plan));
    expect(await readPlan(read)).toBe(read);
  });

  it('returns a frozen plan', async () => {
    const { plan } = await prepared();
    for (const read of [await readPlan(plan), await readPlan(structuredClone(plan))]) {
      expect(() => read.statements.pop()).toThrow(TypeError);
      expect(() => Object.assign(read.diff.objects[0] ?? {}, { risk: 'safe' })).toThrow(TypeError);
      expect(() => Object.assign(read, { planHash: '' })).toThrow(TypeError);
    }
  });

  it('rejects a combination of two plans', async () => {
    const { driver, current, plan } = await prepared();
    const other = await planFor(driver, [BEFORE, object('note', { body: { type: 'text' } })]);
    const bundled = generateMigrations(diff(current, AFTER), 'sqlite', BUNDLE);
    const mixed: Record<string, unknown>[] = Object.keys(plan)
      .filter(
        (key) =>
          JSON.stringify(plan[key as keyof MigrationPlan]) !==
          JSON.stringify(other[key as keyof MigrationPlan]),
      )
      .map((key) => ({ ...plan, [key]: other[key as keyof MigrationPlan] }));
    const { planHash: _hash, ...unhashed } = plan;
    const { bundleChecksum: _checksum, ...unbundled } = bundled;
    mixed.push(unhashed, unbundled, { ...bundled, bundleVersion: '1.0.1' });
    expect(mixed.length).toBeGreaterThan(5);
    for (const candidate of mixed) expect(await codeOf(() => readPlan(candidate))).toBe('invalid_plan');
  });

  it('does not run values that a getter of the caller returns', async () => {
    const { plan } = await prepared();
    let asked = 0;
    const moody = { ...plan };
    Object.defineProperty(moody, 'statements', {
      enumerable: true,
      get: () => (asked++ < 2 ? plan.statements : []),
    });
    expect(await readPlan(moody)).toBe(plan);
    const hostile = Object.defineProperty({ ...plan }, 'diff', {
      enumerable: true,
      get: () => {
        throw new Error('No.');
      },
    });
    expect(await codeOf(() => readPlan(hostile))).toBe('invalid_plan');
  });

  it('ends with aborted', async () => {
    const { plan } = await prepared();
    const copy = JSON.parse(JSON.stringify(plan));
    const read = readPlan(copy, { signal: AbortSignal.abort() });
    await expect(read).rejects.toMatchObject({ code: 'aborted' });
    expect(await readPlan(copy)).toEqual(plan);
  });

  it('ignores unknown keys', async () => {
    const { plan } = await prepared();
    expect(await readPlan({ ...plan, more: 1 })).toEqual(plan);
  });

  it('rejects invalid metadata even if this process generated the plan', async () => {
    const { current } = await prepared();
    const wrong = [
      diff(current, [
        ...AFTER,
        { ...object('note', {}), fields: { size: { type: 'number', readonly: 'yes' as never } } },
      ]),
      diff(current, AFTER, { owner: 'tenant', components: [{ kind: 'view', name: '', definition: {} }] }),
    ].map((each) => generateMigrations(each, 'sqlite'));
    wrong.push(
      generateMigrations(diff(current, AFTER), 'sqlite', { bundle: { checksum: 'a', version: '1' } }),
    );
    for (const plan of wrong) expect(await codeOf(() => readPlan(plan))).toBe('invalid_plan');
  });

  it('rejects a newer protocol and another dialect with their codes', async () => {
    const { plan } = await prepared();
    expect(await codeOf(() => readPlan({ ...plan, protocolVersion: '2' }))).toBe(
      'unsupported_protocol_version',
    );
    expect(await codeOf(() => readPlan({ ...plan, dialect: 'postgresql' }))).toBe('not_supported');
  });
});

describe('a plan that was proven', () => {
  it('does not change with the metadata from which its diff was derived', async () => {
    const { driver, current } = await prepared();
    const definition = { label: 'All', columns: [{ field: 'name' }] };
    const components: Component[] = [{ kind: 'view', name: 'all', definition: Object.freeze(definition) }];
    const plan = generateMigrations(diff(current, AFTER, { components }), 'sqlite');
    const text = JSON.stringify(plan);
    definition.columns.push({ field: 'account' });
    expect(JSON.stringify(await readPlan(plan))).toBe(text);
    await applyMigrations(driver, plan);
    expect((await introspect(driver)).components[0]?.definition.columns).toEqual([{ field: 'name' }]);
  });

  it('rejects a schema that only claims the hash of the base of the diff', async () => {
    const { driver, current } = await prepared();
    const empty = await introspect((await freshDatabase([])).driver);
    const forged: CurrentSchema = { ...empty, schemaHash: current.schemaHash };
    const changed: CurrentSchema = { ...current, objects: [] };
    for (const schema of [forged, changed]) {
      const plan = await Promise.resolve()
        .then(() => generateMigrations(diff(schema, [object('note', {})]), 'sqlite'))
        .catch(() => null);
      if (plan) await expect(applyMigrations(driver, plan)).rejects.toMatchObject({ code: 'invalid_plan' });
    }
    expect(await introspect(driver)).toEqual(current);
  });

  it('is generated again from a diff that may have been modified', async () => {
    const { driver, current } = await prepared();
    const changed = { ...diff(current, AFTER), targetSchemaHash: 'b'.repeat(64) };
    const plan = generateMigrations(changed, 'sqlite');
    expect(plan.planHash).toBe(planHashOf(plan));
    await expect(applyMigrations(driver, plan)).rejects.toMatchObject({ code: 'invalid_plan' });
  });
});
