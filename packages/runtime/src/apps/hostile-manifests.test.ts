import { inspect } from 'node:util';
import { ERROR_CODES, ObjectStackError, undeclaredFacts } from '@objectstack/spec/shared';
import { AppCompatibilityIssueSchema, type AppManifestInput } from '@objectstack/spec/system';
import { HOSTILE_VALUES, randomFrom, SEEDS, times } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { openAppTenant } from '../../test/app-plane.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';

const text = { type: 'text' } as const;
const SECRET = 'sk-canary-secret';

/** An app with every part of a manifest. */
const APP = {
  name: 'crm',
  namespace: 'crm',
  version: '1.0.0',
  kernelRange: '>=1.0.0',
  dependencies: [{ appId: 'base', range: '^1.0.0', optional: true }],
  objects: [
    {
      name: 'crm__lead',
      label: 'Lead',
      fields: {
        code: { type: 'text', unique: true, maxLength: 20 },
        state: { type: 'select', options: [{ value: 'new' }, { value: 'won' }] },
        owner: { type: 'lookup', reference: 'account', deleteBehavior: 'set_null' },
        since: { type: 'date', defaultValue: 'TODAY()' },
      },
      indexes: [{ fields: ['state', 'since'] }],
    },
  ],
  objectExtensions: [{ extend: 'account', fields: { crm__rank: { type: 'number', min: 0 } } }],
  views: [{ name: 'crm__all', object: 'crm__lead', list: { type: 'grid', columns: ['code'] } }],
  flows: [{ name: 'crm__welcome', nodes: [{ id: 'a' }], edges: [] }],
  permissions: [{ name: 'crm__reader', objects: { crm__lead: { allowRead: true } } }],
  seedData: [
    { object: 'crm__lead', externalId: 'code', mode: 'upsert', records: [{ code: 'a', state: 'new' }] },
  ],
  settings: {
    api_key: { type: 'text', secret: true },
    size: { type: 'number', default: 3 },
  },
} satisfies AppManifestInput;

/** Texts that are a name, a number or SQL in one place and nothing in another. */
const TEXTS = [
  '',
  ' ',
  'account',
  'crm__lead',
  'base__thing',
  'crm__',
  '__proto__',
  'constructor',
  'toString',
  '_os_object',
  'sqlite_master',
  'select',
  `x"); DROP TABLE account; --`,
  `' OR 1=1 --`,
  '../../etc/passwd',
  'crm__\u0000lead',
  '\ud800',
  'crm__\u202edael',
  'ｃｒｍ__lead',
  'CRM__LEAD',
  'a'.repeat(64),
  'a'.repeat(100_000),
  '1.0.0',
  '*',
  '>=0 '.repeat(5_000),
  '99999999999999999999.0.0',
  '{{now()}}',
  'NOW()',
];

function nested(depth: number): unknown {
  let value: unknown = 'end';
  for (let level = 0; level < depth; level++) value = [value];
  return value;
}

const VALUES: readonly (() => unknown)[] = [
  ...TEXTS.map((value) => () => value),
  ...Object.values(HOSTILE_VALUES),
  ...[null, undefined, true, -1, 0, 1e308, 2 ** 53, Number.NaN, 10n, [], {}, [[]], [{}]].map(
    (value) => () => value,
  ),
  () => nested(20_000),
  () => Array.from({ length: 5_000 }, () => ({})),
  () => Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`key_${index}`, index])),
  () => JSON.parse('{"__proto__": {"polluted": true}}'),
];

type Path = readonly (string | number)[];

/** Every place of a value, with the containers. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [path, ...entries.flatMap(([key, child]) => pathsOf(child, [...path, key]))];
}

function replaced(value: unknown, path: Path, change: (old: unknown) => unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return change(value);
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<
    string | number,
    unknown
  >;
  copy[key] = replaced(copy[key], rest, change);
  return copy;
}

/** A copy under a hostile key beside the value, or a second copy in the list. */
const CHANGES: readonly ((random: ReturnType<typeof randomFrom>) => (old: unknown) => unknown)[] = [
  (random) => () => random.pick(VALUES)(),
  (random) => (old) =>
    typeof old === 'object' && old !== null && !Array.isArray(old)
      ? { ...old, [random.pick(TEXTS)]: random.pick(VALUES)() }
      : random.pick(VALUES)(),
  () => (old) => (Array.isArray(old) ? [...old, ...old] : [old, old]),
  () => (old) => (Array.isArray(old) ? old.slice(1) : undefined),
];

async function openVictim() {
  const tenant = await openAppTenant();
  const { tenantId, driver, apps, deployments } = tenant;
  await deployments.deploy(tenantId, bundleOf({ objects: [objectOf('account', { name: text })] }));
  await driver.create('account', { name: 'Acme' });
  /** Everything that a refused manifest must not change. */
  const state = async () => {
    const { rows } = await driver.execute(
      `SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE '_os_undo%' ORDER BY name`,
    );
    const { items } = await deployments.list(tenantId);
    const accounts = await driver.find('account');
    return JSON.stringify([
      rows,
      items.length,
      accounts,
      (await apps.list(tenantId)).map(({ appId }) => appId),
    ]);
  };
  return { ...tenant, state };
}

/** What is wrong with an error, if it is not one that blames the manifest. */
function fault(error: unknown): string | null {
  const told = `${String(error)} ${inspect(error, { depth: 8, maxStringLength: null, maxArrayLength: null })}`;
  if (told.includes(SECRET)) return 'the secret is told';
  if (!ObjectStackError.isInstance(error)) return `raw ${told.slice(0, 200)}`;
  if (!(error.code in ERROR_CODES) || ['internal', 'sql_error', 'database_invalid'].includes(error.code))
    return `${error.code}: ${error.message}`;
  if (undeclaredFacts(error).length > 0) return `facts ${undeclaredFacts(error).join()}`;
  return told.length > 3_000_000 ? `a text of ${told.length} characters` : null;
}

type Victim = Awaited<ReturnType<typeof openVictim>>;

/** Checks and installs the manifest. Returns what went wrong. */
async function attack({ apps, tenantId, state }: Victim, manifest: unknown): Promise<string[]> {
  const given = manifest as AppManifestInput;
  const before = await state();
  const faults: (string | null)[] = [];
  const check = await apps.checkCompatibility(tenantId, given).catch((error: unknown) => {
    faults.push(fault(error));
    return null;
  });
  for (const issue of check?.issues ?? []) AppCompatibilityIssueSchema.parse(issue);
  if ((await state()) !== before) faults.push('the check changed something');
  const settings = Object((given as { settings?: unknown } | null)?.settings ?? {});
  const config = 'api_key' in settings ? { api_key: SECRET } : {};
  const result = await apps.installApp(tenantId, given, config).catch((error: unknown) => {
    faults.push(fault(error));
    return null;
  });
  if (result?.success) {
    if (check && !check.compatible) faults.push('installed although it is incompatible');
    await apps.uninstallApp(tenantId, result.appId, { data: 'purge' });
  } else {
    if (result) faults.push(fault(ObjectStackError.fromProblemDetails(result.error)));
    if ((await state()) !== before) faults.push('a refused manifest changed something');
  }
  return faults.filter((found) => found !== null);
}

describe('a hostile manifest', () => {
  it.each(SEEDS(1))(
    'leads to coded findings or typed errors, and installs nothing by halves (%i of %i)',
    {
      timeout: 240_000,
    },
    async (seed) => {
      const random = randomFrom(seed);
      let victim = await openVictim();
      const paths = pathsOf(APP);
      for (let count = 0; count < times(600); count++) {
        // A tenant may be deployed to 50 times a day.
        if (count % 15 === 14) victim = await openVictim();
        const path = random.pick(paths);
        const change = random.pick(CHANGES)(random);
        const manifest = replaced(APP, path, change);
        expect([path, await attack(victim, manifest)]).toEqual([path, []]);
      }
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      expect(await victim.apps.installApp(victim.tenantId, APP, { api_key: SECRET })).toMatchObject({
        success: true,
      });
      expect(await victim.allText()).not.toContain(SECRET);
    },
  );

  it.each([
    ['objects', 600, (index: number) => objectOf(`crm__o${index}`, { name: text })],
    ['views', 20_000, (index: number) => ({ name: `crm__v${index}` })],
    ['dependencies', 20_000, (index: number) => ({ appId: `dep_${index}`, range: '*' })],
    ['objectExtensions', 5_000, () => ({ extend: 'account', fields: { crm__rank: { type: 'number' } } })],
  ] as const)('with too many %s is refused in bounded time', async (list, count, make) => {
    const victim = await openVictim();
    const manifest = { ...APP, [list]: Array.from({ length: count }, (_, index) => make(index)) };
    expect(await attack(victim, manifest)).toEqual([]);
    expect((await victim.apps.list(victim.tenantId)).length).toBe(0);
  });
});
