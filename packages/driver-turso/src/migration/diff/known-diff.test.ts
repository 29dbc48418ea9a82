import { runSteps } from '@objectstack/spec/shared';
import type { Component, DeployDiff } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { freshDatabase, object } from '../../../test/database.js';
import { generateSteps } from '../plan/generate-migrations.js';
import { createSqliteSchemaDiff } from '../schema-diff-service.js';
import { type DiffInputs, knownDiff, rememberDiff } from './known-diff.js';

const { introspect, diff, generateMigrations, applyMigrations } = createSqliteSchemaDiff();
const account = () => object('account', { name: { type: 'text' } });
const view = (label: string): Component => ({
  kind: 'view',
  name: 'all',
  definition: { name: 'all', label },
});
const bundle = (digit: string, version = '1.0.0') => ({ bundle: { checksum: digit.repeat(64), version } });

async function deployed() {
  const { driver } = await freshDatabase([account()]);
  return { driver, current: await introspect(driver) };
}

describe('knownDiff', () => {
  it('is one diff and one plan for all databases with the same schema', async () => {
    const [one, other] = [await deployed(), await deployed()];
    const desired = () => [account(), object('contact', { mail: { type: 'text' } })];
    const shared = diff(one.current, desired(), { components: [view('All')] });
    expect(one.current.deploymentId).not.toBe(other.current.deploymentId);
    expect(diff(other.current, desired().reverse(), { components: [view('All')] })).toEqual(shared);
    expect(diff(other.current, desired())).toBe(diff(one.current, desired()));
    const plan = generateMigrations(shared, 'sqlite', bundle('a'));
    expect(generateMigrations(shared, 'sqlite', bundle('a'))).toBe(plan);
    for (const { driver } of [one, other])
      expect((await applyMigrations(driver, plan)).outcome).toBe('applied');
  });

  it('is another diff for another owner, other definitions or components, and another schema', async () => {
    const { current, driver } = await deployed();
    const definition = account();
    const all = view('All');
    const options = { components: [all] };
    const diffs = [diff(current, [definition]), diff(current, [definition], options)];
    diffs.push(diff(current, [definition], { components: [] }));
    diffs.push(diff(current, [], { owner: 'crm' }));
    Object.assign(definition, { label: 'Changed by the caller' });
    diffs.push(diff(current, [definition], options));
    all.definition.label = 'Changed by the caller';
    diffs.push(diff(current, [definition], options));
    await driver.execute('CREATE TABLE unmanaged (id TEXT)');
    diffs.push(diff(await introspect(driver), [definition], options));
    expect(new Set(diffs).size).toBe(diffs.length);
    expect(diffs[4]?.objects[0]?.after).toMatchObject({ label: 'Changed by the caller' });
    expect(diffs[5]?.components[0]?.after).toMatchObject({ label: 'Changed by the caller' });
  });

  it('is not used for a schema that a caller can change', async () => {
    const { current } = await deployed();
    const copy = structuredClone(current);
    expect(diff(copy, [])).not.toBe(diff(copy, []));
    copy.objects.splice(0);
    expect(diff(copy, []).objects).toEqual([]);
  });

  it('refuses what became invalid after a diff', async () => {
    const { current } = await deployed();
    const definition = account();
    const all = view('All');
    diff(current, [definition], { components: [all] });
    for (const change of [() => Object.assign(all.definition, { label: Number.NaN }), () => undefined]) {
      change();
      expect(() => diff(current, [definition], { components: [all] })).toThrow(
        expect.objectContaining({ code: 'invalid_request' }),
      );
    }
  });

  it('has a plan for each bundle and for other rules of ALTER TABLE', async () => {
    const { current } = await deployed();
    const shared = diff(current, [account(), object('contact', {})]);
    const plans = [bundle('a'), bundle('b'), bundle('b', '1.0.1'), {}].map((options) =>
      generateMigrations(shared, 'sqlite', options),
    );
    expect(new Set(plans.map(({ planHash }) => planHash)).size).toBe(4);
    expect(() => generateMigrations(shared, 'postgresql')).toThrow(
      expect.objectContaining({ code: 'not_supported' }),
    );
  });

  it('has the plan of the bundle that the plan names, if the caller changes the bundle meanwhile', async () => {
    const { current } = await deployed();
    const shared = diff(current, [account(), object('contact', {})]);
    for (let changedAt = 0, isDone = false; !isDone; changedAt++) {
      const options = bundle('a');
      const steps = generateSteps(shared, 'sqlite', options);
      for (let step = 0; step < changedAt && !isDone; step++) isDone = steps.next().done === true;
      Object.assign(options.bundle, bundle('b').bundle);
      runSteps(steps);
      expect(generateMigrations(shared, 'sqlite', bundle('b')).bundleChecksum).toBe('b'.repeat(64));
    }
  });

  it('forgets the diffs that were used least recently, and keeps none of very many objects or columns', async () => {
    const { current } = await deployed();
    const inputs = (owner: string, desired: DiffInputs['desired'] = []): DiffInputs => ({
      current,
      desired,
      components: undefined,
      owner,
    });
    const value = {} as DeployDiff;
    rememberDiff(inputs('used'), value);
    rememberDiff(inputs('unused'), value);
    for (let round = 0; round < 15; round++) {
      expect(knownDiff(inputs('used'))).toBe(value);
      rememberDiff(inputs(`other ${round}`), value);
    }
    expect(knownDiff(inputs('unused'))).toBeUndefined();
    expect(knownDiff(inputs('used'))).toBe(value);
    const many = inputs('many', Array(5_000).fill(account()));
    rememberDiff(many, value);
    expect(knownDiff(many)).toBeUndefined();
    const [table] = current.tables;
    const wide = { ...current, tables: Array(20_000).fill(table) };
    rememberDiff({ ...inputs('wide'), current: wide }, value);
    expect(knownDiff({ ...inputs('wide'), current: wide })).toBeUndefined();
    expect(knownDiff(inputs('used'))).toBe(value);
  });
});
