import { isDeepStrictEqual } from 'node:util';
import type { IDataDriver } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { lossesOf } from '../change-case.js';
import { freshDatabase, object, planFor } from '../database.js';
import { expected, type FieldType, isComputed, MISFIT, type Outcome } from './oracle.js';

const { applyMigrations, introspect, planRollback, runPreflight } = createSqliteSchemaDiff();

type Facts = Record<string, unknown> & { type: string };
interface State {
  readonly name: string;
  readonly facts: Facts;
  readonly indexes: readonly object[];
}

const set =
  (facts: object) =>
  (state: State): State => ({ ...state, facts: { ...state.facts, ...facts } });
const lookup = (reference: string, deleteBehavior: string) =>
  set({ type: 'lookup', reference, deleteBehavior, multiple: undefined });

/** What may be done to one field, or to an index that it is part of. */
const ACTIONS: Readonly<Record<string, (state: State) => State>> = {
  rename: (state) => ({ ...state, name: 'z', facts: { ...state.facts, renamedFrom: 'a' } }),
  text: set({ type: 'text' }),
  number: set({ type: 'number' }),
  boolean: set({ type: 'boolean' }),
  json: set({ type: 'json' }),
  autonumber: set({ type: 'autonumber', multiple: undefined }),
  formula: set({ type: 'formula', multiple: undefined }),
  multiple: (state) => set({ multiple: state.facts.multiple ? undefined : true })(state),
  required: set({ required: true, hasDefault: true }),
  strict: set({ storage: { notNull: true }, hasDefault: true }),
  unique: set({ unique: true }),
  'lookup that restricts': lookup('account', 'restrict'),
  'lookup that cascades': lookup('partner', 'cascade'),
  'composite index': (state) => ({ ...state, indexes: [{ fields: [state.name, 'b'], unique: true }] }),
};

const DEFAULTS: Readonly<Record<string, unknown>> = { number: 7, boolean: true };
const typeOf = ({ facts }: State): FieldType => ({ type: facts.type, multiple: facts.multiple === true });

/** A literal default of the type that the field has in the end. */
function defaultOf({ facts }: State): unknown {
  const item = DEFAULTS[facts.type] ?? 'p1';
  return facts.multiple === true || facts.type === 'tags' ? [item] : item;
}

function build(thing: string, state: State): ObjectDefinition {
  const { hasDefault, ...facts } = state.facts;
  const field = hasDefault ? { ...facts, defaultValue: defaultOf(state) } : facts;
  const fields = { [state.name]: field, b: { type: 'text' }, c: { type: 'json' }, n: { type: 'autonumber' } };
  return object(thing, fields, { indexes: state.indexes });
}

interface Pair {
  readonly what: string;
  readonly thing: string;
  readonly after: State;
}

const pairsOf = (start: State): Pair[] => {
  const actions = Object.entries(ACTIONS);
  return actions.flatMap(([first, one], i) =>
    actions.map(([second, two], j) => ({
      what: `${first}, ${second}`,
      thing: `t${i}x${j}`,
      after: two(one(start)),
    })),
  );
};

const TARGETS = ['account', 'partner'].map((name) => object(name, { name: { type: 'text' } }));
const parents = (driver: IDataDriver) =>
  Promise.all(
    TARGETS.map(({ name }) =>
      driver.bulkCreate(name, [{ id: 'p1' }, ...(name === 'account' ? [{ id: 'p2' }] : [])]),
    ),
  );

const readAll = async (driver: IDataDriver, names: readonly string[]) =>
  new Map(
    await Promise.all(
      names.map(async (name) => [name, await driver.find(name, { orderBy: [{ field: 'id' }] })] as const),
    ),
  );

/** What a record without a value, or with one that does not fit, gets. */
function wanted(outcome: Outcome, { after }: Pair): unknown {
  const { type, required, storage } = after.facts;
  if (isComputed(typeOf(after))) return undefined;
  // An empty list is a value of a JSON field.
  const isMissing = required && (outcome === '' || (type !== 'json' && isDeepStrictEqual(outcome, [])));
  if (outcome !== null && outcome !== MISFIT && !isMissing) return outcome;
  return (required || storage) && type !== 'formula' ? defaultOf(after) : null;
}

/**
 * The pairs of actions that are tried, by their place in the table of all, on a field with some values, each on an object of
 * its own, in one plan. Returns what went wrong.
 */
export async function checkActions(
  { facts, values }: { facts: Facts; values: readonly unknown[] },
  isTried: (index: number) => boolean,
) {
  const start: State = { name: 'a', facts, indexes: [{ fields: ['a', 'b'] }] };
  const pairs = pairsOf(start).filter((_, index) => isTried(index));
  const before = [...TARGETS, ...pairs.map(({ thing }) => build(thing, start))];
  const { driver } = await freshDatabase(before, { durability: 'normal' });
  await parents(driver);
  const records = values.map((a, index) => ({ id: `r${index}`, a, b: `b${index}`, c: { index } }));
  for (const { thing } of pairs) await driver.bulkCreate(thing, records);
  const names = pairs.map(({ thing }) => thing);
  const base = await readAll(driver, names);
  const { schemaHash } = await introspect(driver);

  const target = (changed: (pair: Pair) => boolean) => [
    ...TARGETS,
    ...pairs.map((pair) => build(pair.thing, changed(pair) ? pair.after : start)),
  ];
  const whole = await planFor(
    driver,
    target(() => true),
  );
  const stopping = new Set(whole.preflight.filter(({ stops }) => stops === 'always').map(({ id }) => id));
  const found = (await runPreflight(driver, whole)).filter(
    ({ checkId, rows }) => rows > 0 && stopping.has(checkId),
  );
  const stopped = new Set(found.map(({ checkId }) => /t\d+x\d+/.exec(checkId)?.[0]));
  const isChanged = ({ thing }: Pair) => !stopped.has(thing);
  const plan = await planFor(driver, target(isChanged));
  await applyMigrations(driver, plan, { allow: lossesOf(plan) });

  const wrong: string[] = [];
  const after = await readAll(driver, names);
  for (const pair of pairs) {
    const { name } = isChanged(pair) ? pair.after : start;
    for (const [index, was] of (base.get(pair.thing) ?? []).entries()) {
      const is = after.get(pair.thing)?.[index];
      const { a, ...rest } = was;
      const outcome = expected(a, typeOf(start), typeOf(pair.after));
      const value = isChanged(pair) ? wanted(outcome, pair) : a;
      const should = { ...rest, ...(value !== undefined && { [name]: value }) };
      if (!isDeepStrictEqual({ ...is }, should))
        wrong.push(`${pair.what}: ${JSON.stringify(is)} instead of ${JSON.stringify(should)}`);
    }
  }
  const { deploymentId } = await introspect(driver);
  const back = await planRollback(driver, { deploymentId: deploymentId ?? '' });
  await applyMigrations(driver, back, { allow: lossesOf(back) });
  const again = await readAll(driver, names);
  for (const { what, thing } of pairs)
    if (!isDeepStrictEqual(again.get(thing), base.get(thing)))
      wrong.push(`${what} and back: ${JSON.stringify(again.get(thing))}`);
  if ((await introspect(driver)).schemaHash !== schemaHash) wrong.push('the schema is another one');
  return { wrong, pairs: pairs.length, stopped: found.map(({ checkId }) => checkId) };
}
