import type { IDataDriver } from '@objectstack/spec/contracts';
import { ObjectStackError, undeclaredFacts } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { openTenant } from '../deploy-plane.js';
import { bundleOf, objectOf } from '../sample-bundles.js';

const options = ['new', 'in_progress', 'done'].map((value) => ({ label: value, value }));
const BUNDLE = bundleOf({
  objects: [
    objectOf('account', { name: { type: 'text', required: true, maxLength: 20 } }),
    objectOf('task', {
      title: { type: 'text', required: true },
      status: { type: 'select', options },
      due: { type: 'date' },
      starts: { type: 'datetime' },
      hours: { type: 'number', min: 0 },
      done: { type: 'boolean' },
      mail: { type: 'email' },
      labels: { type: 'tags' },
      number: { type: 'autonumber' },
      account: { type: 'lookup', reference: 'account' },
    }),
  ],
});

type Plane = Awaited<ReturnType<typeof openTenant>>;

/** A call, the code and place of its error, and what the message must contain. */
type CallMistake<Subject> = readonly [
  what: string,
  call: (subject: Subject) => unknown,
  answer: string,
  hint: string,
];

interface Answered {
  readonly path?: string;
  readonly object?: string;
  readonly violations?: readonly { readonly field: string; readonly rule: string }[];
  readonly issues?: readonly { readonly path: string }[];
}

/** Where an error says that the mistake is. */
function placesOf({ path, object, violations, issues }: Answered): string[] {
  if (violations) return violations.map(({ field, rule }) => `${field} ${rule}`);
  return issues ? issues.map((issue) => issue.path) : [path ?? object ?? ''];
}

async function answerTo(call: () => unknown): Promise<{ answer: string; message: string }> {
  const error = await (async () => call())().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!ObjectStackError.isInstance(error)) throw error ?? new Error('The call was accepted.');
  expect(undeclaredFacts(error)).toEqual([]);
  const { code, details, message } = error;
  return { answer: `${code} ${placesOf(details as Answered).join(', ')}`.trim(), message };
}

const find =
  (query: unknown) =>
  (driver: IDataDriver): unknown =>
    driver.find('task', query as never);
const where = (filter: unknown) => find({ where: filter });
const create =
  (record: Record<string, unknown>) =>
  (driver: IDataDriver): unknown =>
    driver.create('task', { title: 'Call', ...record } as never);

const QUERIES: readonly CallMistake<IDataDriver>[] = [
  [
    'a misspelled object',
    (driver) => driver.find('taks', {}),
    'object_not_found taks',
    'Did you mean `task`?',
  ],
  [
    'a misspelled field to return',
    find({ fields: ['titel'] }),
    'invalid_query /fields/0',
    'The field `titel` is unknown (at /fields/0). Did you mean `title`?',
  ],
  [
    'a misspelled field to sort by',
    find({ orderBy: [{ field: 'titel' }] }),
    'invalid_query /orderBy/0/field',
    'Did you mean `title`?',
  ],
  [
    'a misspelled direction',
    find({ orderBy: [{ field: 'title', order: 'dsc' }] }),
    'invalid_query /orderBy/0/order',
    'Did you mean `desc`?',
  ],
  ['a misspelled key', find({ oderBy: [] }), 'invalid_query /oderBy', 'Did you mean `orderBy`?'],
  [
    'a key of SQL for the fields',
    find({ select: ['title'] }),
    'invalid_query /select',
    'Did you mean `fields`?',
  ],
  [
    'a key of other systems for the order',
    find({ sort: '-title' }),
    'invalid_query /sort',
    'Did you mean `orderBy`?',
  ],
  [
    'a key of other systems for lookups',
    find({ include: [] }),
    'invalid_query /include',
    'Did you mean `expand`?',
  ],
  [
    'an order as a text',
    find({ orderBy: 'title' }),
    'invalid_query /orderBy',
    'Expected a list of objects with the key field',
  ],
  ['a limit as a text', find({ limit: '5' }), 'invalid_query /limit', 'Expected a number'],
  ['a negative limit', find({ limit: -1 }), 'invalid_query /limit', 'Expected at least 0'],
  [
    'a misspelled field to filter by',
    where({ titel: 'x' }),
    'invalid_filter /where/titel',
    'Did you mean `title`?',
  ],
  [
    'an operator without its sign',
    where({ hours: { gt: 5 } }),
    'invalid_filter /where/hours/gt',
    'Did you mean `$gt`?',
  ],
  [
    'a misspelled operator',
    where({ title: { $startWith: 'x' } }),
    'invalid_filter /where/title/$startWith',
    'Did you mean `$startsWith`?',
  ],
  ['a misspelled combination', where({ $nor: [] }), 'invalid_filter /where/$nor', 'Did you mean `$or`?'],
  ['a text for a number', where({ hours: '5' }), 'invalid_filter /where/hours', 'must be a number'],
  [
    'a date in another notation',
    where({ due: { $gte: '31.1.2026' } }),
    'invalid_filter /where/due/$gte',
    'must be a date such as 2026-01-31',
  ],
  [
    'one value for a list',
    where({ status: { $in: 'new' } }),
    'invalid_filter /where/status/$in',
    'A list is required',
  ],
  [
    'an order of lists',
    find({ orderBy: [{ field: 'labels' }] }),
    'invalid_query /orderBy/0/field',
    'which have no order',
  ],
  [
    'a misspelled lookup to expand',
    find({ expand: { acount: {} } }),
    'invalid_query /expand/acount',
    'Did you mean `account`?',
  ],
  [
    'a field that is no lookup to expand',
    find({ expand: { title: {} } }),
    'invalid_query /expand/title',
    'no lookup',
  ],
  [
    'a misspelled aggregation',
    find({ aggregations: [{ function: 'cout', alias: 'n' }] }),
    'invalid_query /aggregations/0/function',
    'Did you mean `count`?',
  ],
];

const WRITES: readonly CallMistake<IDataDriver>[] = [
  [
    'a misspelled field',
    create({ titel: 'x' }),
    'validation_failed titel unknown_field',
    'did you mean `title`?',
  ],
  [
    'a required value missing',
    (driver) => driver.create('task', {}),
    'validation_failed title required',
    'title must have a value',
  ],
  [
    'a date in another notation',
    create({ due: '31.1.2026' }),
    'validation_failed due type',
    'due must be a date such as 2026-01-31',
  ],
  [
    'a date for a timestamp',
    create({ starts: '2026-01-31' }),
    'validation_failed starts type',
    'a timestamp such as 2026-01-31T12:00:00Z',
  ],
  ['a text for a number', create({ hours: '5' }), 'validation_failed hours type', 'hours must be a number'],
  [
    'a number below the minimum',
    create({ hours: -1 }),
    'validation_failed hours min',
    'hours must be at least 0',
  ],
  [
    'a text for a boolean',
    create({ done: 'yes' }),
    'validation_failed done type',
    'done must be true or false',
  ],
  [
    'an unknown option',
    create({ status: 'open' }),
    'validation_failed status option',
    'must be one of new, in_progress, done',
  ],
  [
    'a wrong email address',
    create({ mail: 'ada' }),
    'validation_failed mail format',
    'an email address such as name@example.com',
  ],
  [
    'one value for a list',
    create({ labels: 'a' }),
    'validation_failed labels type',
    'labels must be a list, each item text',
  ],
  [
    'a value for an autonumber',
    create({ number: '7' }),
    'validation_failed number readonly',
    'number is read-only',
  ],
  [
    'a text that is too long',
    (driver) => driver.create('account', { name: 'x'.repeat(21) }),
    'validation_failed name max_length',
    'at most 20 characters',
  ],
  [
    'a lookup to a record that does not exist',
    create({ account: 'missing' }),
    'foreign_key_violation task',
    'account',
  ],
  [
    'a misspelled key of an upsert',
    (driver) => driver.upsert('task', { title: 'x' }, ['titel']),
    'validation_failed titel unknown_field',
    'did you mean `title`?',
  ],
  [
    'an update of a record that does not exist',
    (driver) => driver.update('task', 'missing', { title: 'x' }),
    'record_not_found task',
    'task',
  ],
];

const REQUESTS: readonly CallMistake<Plane>[] = [
  [
    'no organization',
    ({ provisioning }) => provisioning.provisionTenant({} as never),
    'invalid_request /orgId',
    'The required key orgId is missing. Expected: Unique identifier of the organization',
  ],
  [
    'a misspelled organization',
    ({ provisioning }) => provisioning.provisionTenant({ orgid: 'a' } as never),
    'invalid_request /orgid',
    'The key orgid is unknown. Did you mean `orgId`?',
  ],
  [
    'an unknown plan',
    ({ provisioning }) => provisioning.provisionTenant({ orgId: 'a', plan: 'fre' } as never),
    'invalid_request /plan',
    'Expected one of free, pro, enterprise. Did you mean `free`?',
  ],
  [
    'a region in another notation',
    ({ provisioning }) => provisioning.provisionTenant({ orgId: 'a', region: 'us_east' } as never),
    'invalid_request /region',
    'Did you mean `us-east`?',
  ],
  [
    'a wrong email address',
    ({ provisioning }) => provisioning.provisionTenant({ orgId: 'a', adminEmail: 'ada' }),
    'invalid_request /adminEmail',
    'Expected an email address such as name@example.com',
  ],
  [
    'an empty organization',
    ({ provisioning }) => provisioning.provisionTenant({ orgId: '' }),
    'invalid_request /orgId',
    'Expected at least 1 character',
  ],
  [
    'an unknown environment of seeds',
    ({ deployments, tenantId }) =>
      deployments.deploy(tenantId, BUNDLE, { environment: 'production' as never }),
    'invalid_request /environment',
    'Did you mean `prod`?',
  ],
  [
    'one change to allow instead of a list',
    ({ deployments, tenantId }) =>
      deployments.deploy(tenantId, BUNDLE, { allow: 'remove_field:task.due' as never }),
    'invalid_request /allow',
    'Expected a list',
  ],
  [
    'a bundle with a mistake',
    ({ deployments, tenantId }) =>
      deployments.deploy(tenantId, { ...BUNDLE, objects: [{ name: 'Task', fields: {} }] }),
    'invalid_bundle /objects/0/name',
    'Did you mean `task`?',
  ],
];

describe('mistakes in calls', () => {
  it('of a driver are answered with their place and a hint', async () => {
    const { deployments, tenantId, driver } = await openTenant();
    await deployments.deploy(tenantId, BUNDLE);
    for (const [what, call, answer, hint] of [...QUERIES, ...WRITES]) {
      const found = await answerTo(() => call(driver));
      expect({ what, ...found }).toEqual({ what, answer, message: expect.stringContaining(hint) });
    }
    expect(await driver.count('task')).toBe(0);
  });

  it('of the runtime are answered with their place and a hint', async () => {
    const plane = await openTenant();
    for (const [what, call, answer, hint] of REQUESTS) {
      const found = await answerTo(() => call(plane));
      expect({ what, ...found }).toEqual({ what, answer, message: expect.stringContaining(hint) });
    }
  });
});
