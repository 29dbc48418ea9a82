import assert from 'node:assert/strict';
import { refused } from '../kit/refused.js';
import { object } from './objects.js';
import { must, type SchemaDiffCheck, type SchemaDiffChecks } from './schema-diff-check.js';
import type { SchemaDiffTrial } from './schema-diff-trial.js';

type FieldFacts = Readonly<Record<string, unknown>>;
interface Retyping {
  readonly from: FieldFacts;
  readonly to: FieldFacts;
  /** Values, and what becomes of each. */
  readonly fits: readonly (readonly [unknown, unknown])[];
  readonly misfits?: readonly unknown[];
}

const type = (name: string, rest: FieldFacts = {}): FieldFacts => ({ type: name, ...rest });
const MIDNIGHT = '2026-01-31T00:00:00.000Z';
const LATER = '2026-01-31T10:20:30.123Z';

const RETYPINGS: Readonly<Record<string, Retyping>> = {
  'text-to-number': {
    from: type('text'),
    to: type('number'),
    fits: [
      ['12', 12],
      ['-1.5e3', -1500],
    ],
    misfits: ['12a', '', '1e999', '"1"'],
  },
  'number-to-text': {
    from: type('number'),
    to: type('text'),
    fits: [
      [12, '12'],
      [-0.5, '-0.5'],
      [0.1 + 0.2, '0.30000000000000004'],
    ],
  },
  'text-to-boolean': {
    from: type('text'),
    to: type('boolean'),
    fits: [
      ['true', true],
      ['0', false],
    ],
    misfits: ['yes', '2'],
  },
  'boolean-to-text': {
    from: type('boolean'),
    to: type('text'),
    fits: [
      [true, 'true'],
      [false, 'false'],
    ],
  },
  'number-to-boolean': {
    from: type('number'),
    to: type('boolean'),
    fits: [
      [1, true],
      [0, false],
    ],
    misfits: [2, 0.5],
  },
  'boolean-to-number': {
    from: type('boolean'),
    to: type('number'),
    fits: [
      [true, 1],
      [false, 0],
    ],
  },
  'text-to-date': {
    from: type('text'),
    to: type('date'),
    fits: [['2026-02-28', '2026-02-28']],
    misfits: ['2026-02-30', '2026-1-1', 'soon'],
  },
  'date-to-text': { from: type('date'), to: type('text'), fits: [['2026-01-31', '2026-01-31']] },
  'date-to-datetime': { from: type('date'), to: type('datetime'), fits: [['2026-01-31', MIDNIGHT]] },
  'datetime-to-date': {
    from: type('datetime'),
    to: type('date'),
    fits: [[MIDNIGHT, '2026-01-31']],
    misfits: [LATER],
  },
  'text-to-datetime': {
    from: type('text'),
    to: type('datetime'),
    fits: [[LATER, LATER]],
    misfits: ['2026-01-31', '2026-02-31T10:20:30.123Z'],
  },
  'text-to-time': {
    from: type('text'),
    to: type('time'),
    fits: [['23:59:59', '23:59:59']],
    misfits: ['24:00:00', 'noon'],
  },
  'text-to-json': { from: type('text'), to: type('json'), fits: [[`it's "so"`, `it's "so"`]] },
  'json-to-text': {
    from: type('json'),
    to: type('text'),
    fits: [['text', 'text']],
    misfits: [{ a: 1 }, [1], 5],
  },
  'text-to-list': { from: type('text'), to: type('text', { multiple: true }), fits: [['x', ['x']]] },
  'list-to-text': {
    from: type('tags'),
    to: type('text'),
    fits: [[['one'], 'one']],
    misfits: [['one', 'two']],
  },
};

const thing = (field: FieldFacts) => [object('thing', { value: field, name: { type: 'text' } })];
const CHANGE = 'change_field:thing.value';

const create = async ({ driver }: SchemaDiffTrial, value: unknown) =>
  (await driver.create('thing', { value, name: 'n' })).id;
const readValue = async ({ driver }: SchemaDiffTrial, id: string) =>
  (await driver.findOne('thing', { where: { id } }))?.value;

async function convertsAll(trial: SchemaDiffTrial, { from, to, fits, misfits }: Retyping): Promise<void> {
  await trial.deploy(thing(from));
  const made: [string, unknown][] = [];
  for (const [value, becomes] of fits) made.push([await create(trial, value), becomes]);
  made.push([await create(trial, null), null]);
  const plan = await trial.plan(thing(to));
  assert.deepEqual(
    plan.diff.fields.map(({ id, risk, code }) => [id, risk, code]),
    [misfits ? [CHANGE, 'may_fail', 'DS103'] : [CHANGE, 'safe', 'BC303']],
  );
  assert.deepEqual(await trial.findings(plan), []);
  await trial.apply(plan);
  for (const [id, becomes] of made) assert.deepEqual(await readValue(trial, id), becomes);
}

/** Without an allowance nothing happens; with one the value is empty, and a rollback brings it back. */
async function refusesMisfits(trial: SchemaDiffTrial, { from, to, misfits = [] }: Retyping): Promise<void> {
  await trial.deploy(thing(from));
  const made: [string, unknown][] = [];
  for (const value of misfits) made.push([await create(trial, value), value]);
  const plan = await trial.plan(thing(to));
  const [finding] = await trial.findings(plan);
  assert.equal(finding?.rows, misfits.length);
  const before = await trial.content();
  await refused(trial.apply(plan), 'conversion_failed');
  assert.deepEqual(await trial.content(), before);
  await trial.apply(plan, { allow: [CHANGE] });
  for (const [id] of made) assert.equal(await readValue(trial, id), null);
  await trial.rollback();
  for (const [id, value] of made) assert.deepEqual(await readValue(trial, id), value);
}

const check = (name: string, retyping: Retyping): [string, SchemaDiffCheck][] => {
  const what = name.replaceAll('-', ' ');
  const misfit: [string, SchemaDiffCheck][] = retyping.misfits
    ? [
        [
          `${name}-misfit`,
          must(
            `${what}: what does not fit is conversion_failed, or kept aside when that is allowed`,
            (trial) => refusesMisfits(trial, retyping),
          ),
        ],
      ]
    : [];
  return [
    [name, must(`${what}: every value that fits is converted`, (trial) => convertsAll(trial, retyping))],
    ...misfit,
  ];
};

export const retypeChecks: SchemaDiffChecks = Object.fromEntries(
  Object.entries(RETYPINGS).flatMap(([name, retyping]) => check(name, retyping)),
);
