import type { ApplyMigrationsOptions, DiffOptions, IDataDriver } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import type { MigrationPlan } from '@objectstack/spec/system';
import { createSqliteSchemaDiff } from '../src/migration/schema-diff-service.js';
import { lossesOf } from './change-case.js';
import { deploy, object, planFor } from './database.js';

type Fields = Record<string, Record<string, unknown>>;

const text = { type: 'text' };
const number = { type: 'number' };
const autonumber = (format: string) => ({ type: 'autonumber', format });
const to = (reference: string, deleteBehavior?: string) => ({ type: 'lookup', reference, deleteBehavior });
const view = (name: string, definition: object) => ({
  kind: 'view' as const,
  name,
  definition: { ...definition },
});

const COMPANY: Fields = {
  name: text,
  city: { ...text, index: true },
  code: { ...text, unique: true },
  size: number,
  note: text,
  state: text,
  number: autonumber('C{000}'),
};
/** A child of every delete behavior, and one that refers to itself. */
const CHILDREN = [
  object('branch', { company: to('company', 'cascade'), name: text, number: autonumber('B{000}') }),
  object('visit', { company: to('company', 'set_null'), name: text, number: autonumber('V{000}') }),
  object('invoice', { company: to('company', 'restrict'), parent: { type: 'tree' } }),
];
const OLD = object('old_thing', {
  name: { ...text, index: true },
  company: to('company'),
  number: autonumber('O{0}'),
});
const BEFORE = [object('company', COMPANY), ...CHILDREN, OLD];
const COMPONENTS = [view('all', { columns: ['name'] }), view('gone', {})];

const company = (fields: Fields, indexes: object[] = []) =>
  object('company', { ...COMPANY, ...fields }, { indexes });
const without = (...names: string[]): Fields =>
  Object.fromEntries(Object.entries(COMPANY).filter(([name]) => !names.includes(name)));
const strict = { storage: { notNull: true }, defaultValue: 'none' };
const SWAPPED: Fields = {
  ...COMPANY,
  name: { ...text, renamedFrom: 'city' },
  city: { ...text, index: true, renamedFrom: 'name' },
};
const PARTIAL = [
  { fields: ['name', 'size'], unique: true, partial: `state = 'open'` },
  { fields: ['note'], partial: 'size > 1' },
];
const SWAPPED_CHILDREN = [
  object(
    'visit',
    { company: to('company', 'cascade'), name: text, number: autonumber('B{000}') },
    { renamedFrom: 'branch' },
  ),
  object(
    'branch',
    { company: to('company', 'set_null'), name: text, number: autonumber('V{000}') },
    { renamedFrom: 'visit' },
  ),
  CHILDREN[2] as ObjectDefinition,
];
const NEW = object('project', { company: to('company', 'restrict'), title: { ...text, unique: true } });

interface Change extends DiffOptions {
  readonly after: readonly ObjectDefinition[];
}

const CHANGES: Record<string, Change> = {
  additions: {
    after: [company({ more: text, main: to('project') }, PARTIAL), ...CHILDREN, OLD, NEW],
    components: [view('all', { columns: ['name', 'more'] }), view('fresh', {})],
  },
  'swapped names': { after: [object('company', SWAPPED), ...SWAPPED_CHILDREN, OLD] },
  'other types': {
    after: [company({ note: number, size: text, state: { type: 'tags' } }), ...CHILDREN, OLD],
  },
  'a rebuild under children': {
    after: [company({ name: { ...text, ...strict } }, PARTIAL), ...CHILDREN, OLD, NEW],
  },
  removals: { after: [object('company', without('city', 'number')), ...CHILDREN], components: [] },
  'everything at once': {
    after: [
      object(
        'company',
        { ...SWAPPED, note: number, size: { ...text, ...strict }, more: text },
        { indexes: [PARTIAL[0]] },
      ),
      ...SWAPPED_CHILDREN,
      NEW,
    ],
    components: [view('all', { columns: [] })],
  },
};

/** Names of the plans; those that begin so undo one of the others. */
const BACK = 'the rollback of ';
export const RICH_PLANS = [...Object.keys(CHANGES), `${BACK}removals`, `${BACK}everything at once`];

async function fill(driver: IDataDriver): Promise<void> {
  const companies = await driver.bulkCreate(
    'company',
    ['z', 'a', 'b', 'c', 'd'].map((name, index) => ({
      ...{
        name,
        city: `city ${index}`,
        code: `c${index}`,
        size: index / 2,
        state: index % 2 ? 'open' : null,
      },
      note: index % 2 ? `${index}` : 'no number',
    })),
  );
  const links = companies.map(({ id }) => ({ company: id }));
  for (const child of ['branch', 'visit', 'invoice', 'old_thing'])
    await driver.bulkCreate(
      child,
      child === 'invoice' ? links : links.map((link) => ({ ...link, name: child })),
    );
  const [first, second] = await driver.find('invoice');
  await driver.update('invoice', String(second?.id), { parent: first?.id });
}

/** Ids of the changes that need approval. */
export const losses = lossesOf;

export interface RichPlan {
  readonly plan: MigrationPlan;
  /** Approves what the plan removes. */
  readonly options: ApplyMigrationsOptions;
}

/** Deploys what the plan is for, with records, and makes the plan. */
export async function prepareRichPlan(driver: IDataDriver, name: string): Promise<RichPlan> {
  await deploy(driver, BEFORE, { components: COMPONENTS });
  await fill(driver);
  const { after, ...options } = CHANGES[name.replace(BACK, '')] as Change;
  const plan = await planFor(driver, after, options);
  if (!name.startsWith(BACK)) return { plan, options: { allow: losses(plan) } };
  const { applyMigrations, planRollback } = createSqliteSchemaDiff();
  await applyMigrations(driver, plan, { allow: losses(plan) });
  const back = await planRollback(driver);
  return { plan: back, options: { allow: losses(back) } };
}
