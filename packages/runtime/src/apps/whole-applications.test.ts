import type { DataRecord } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import type { AppManifestInput } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { openAppTenant } from '../../test/app-plane.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';

const text = { type: 'text' } as const;

/** A whole application as authors write it: trees, cycles of lookups, expressions, seed data that violates rules. */
const DESK: AppManifestInput & Record<'objects' | 'seedData', object[]> = {
  name: 'desk',
  namespace: 'desk',
  version: '1.0.0',
  label: 'Desk',
  icon: 'life-buoy',
  objects: [
    {
      name: 'desk__team',
      label: 'Team',
      fields: {
        name: { ...text, required: true, unique: true },
        parent: { type: 'tree', reference: 'desk__team' },
        lead: { type: 'lookup', reference: 'desk__agent', deleteBehavior: 'set_null' },
        tags: { type: 'tags' },
        address: { type: 'address' },
      },
    },
    {
      name: 'desk__agent',
      fields: {
        email: { type: 'email', unique: true },
        team: { type: 'master_detail', reference: 'desk__team' },
        level: {
          type: 'select',
          options: [{ value: 'junior' }, { label: 'Senior', value: 'senior' }],
          required: true,
        },
        joined: { type: 'date' },
        skills: { type: 'multiselect', options: [{ value: 'db' }, { value: 'ui' }] },
      },
    },
    {
      name: 'desk__ticket',
      fields: {
        number: { type: 'autonumber', format: 'T-{0000}' },
        subject: { ...text, required: true, maxLength: 80 },
        agent: { type: 'lookup', reference: 'desk__agent' },
        account: { type: 'lookup', reference: 'account' },
        due: { type: 'datetime' },
        cost: { type: 'currency', min: 0 },
        open: { type: 'boolean', defaultValue: true },
        data: { type: 'json' },
      },
      indexes: [{ fields: ['due'] }],
      validations: [
        { name: 'no_loss', type: 'script', condition: 'record.cost > 1000000', severity: 'warning' },
      ],
    },
  ],
  objectExtensions: [{ extend: 'account', fields: { desk__rank: { type: 'number' } } }],
  views: [{ name: 'desk__open', object: 'desk__ticket', list: { type: 'kanban', columns: ['subject'] } }],
  flows: [{ name: 'desk__escalate', type: 'autolaunched', nodes: [{ id: 'a', type: 'start' }], edges: [] }],
  permissions: [{ name: 'desk__agent_set', objects: { desk__ticket: { allowRead: true } } }],
  seedData: [
    {
      object: 'desk__ticket',
      externalId: 'subject',
      records: [
        { subject: 'Printer', agent: 'ann@example.com', cost: 12.5, data: { a: [1, null] } },
        { subject: 'Screen', agent: 'bob@example.com', due: { dialect: 'cel', source: 'now()' } },
        { number: 'T-0050', subject: 'Keyboard' },
      ],
    },
    {
      object: 'desk__agent',
      externalId: 'email',
      records: [
        { email: 'ann@example.com', team: 'Support', level: 'senior', joined: '2024-02-29T10:00:00.000Z' },
        { email: 'bob@example.com', team: 'Night shift', level: 'expert' },
        { email: 'cid@example.com', team: 'Support' },
      ],
    },
    {
      object: 'desk__team',
      externalId: 'name',
      mode: 'upsert',
      records: [
        { name: 'Night shift', parent: 'Support', lead: 'bob@example.com' },
        { name: 'Support', lead: 'ann@example.com', tags: ['first', 'line'] },
      ],
    },
  ],
};

/** Renames an object and a field, adds and removes fields, and changes seed data. */
const [TEAM, AGENT, TICKET] = DESK.objects as [ObjectDefinition, ObjectDefinition, ObjectDefinition];
const DESK_2 = {
  ...DESK,
  version: '2.0.0',
  objects: [
    TEAM,
    AGENT,
    {
      ...TICKET,
      name: 'desk__case',
      renamedFrom: 'desk__ticket',
      fields: {
        ...Object.fromEntries(Object.entries(TICKET.fields).filter(([name]) => name !== 'subject')),
        title: { type: 'text', required: true, maxLength: 80, renamedFrom: 'subject' },
        kind: { ...text, defaultValue: 'question' },
      },
    },
  ],
  views: [{ name: 'desk__open', object: 'desk__case', list: { type: 'kanban', columns: ['title'] } }],
  permissions: [{ name: 'desk__agent_set', objects: { desk__case: { allowRead: true } } }],
  seedData: DESK.seedData.map((dataset) => {
    if (dataset.object !== 'desk__ticket') return dataset;
    const records = dataset.records.map(({ subject, ...record }: Record<string, unknown>) => ({
      ...record,
      title: subject,
    }));
    return { ...dataset, object: 'desk__case', externalId: 'title', records };
  }),
} as AppManifestInput;

const OWN = bundleOf({ objects: [objectOf('account', { name: text })] });

async function openDesk() {
  const tenant = await openAppTenant();
  const { apps, driver, tenantId } = tenant;
  await tenant.deployments.deploy(tenantId, OWN);
  const installed = await apps.installApp(tenantId, DESK, {});
  expect(installed).toMatchObject({ success: true, seededRecords: 8 });
  const account = await driver.create('account', { name: 'Acme', desk__rank: 3 });
  const agent = await driver.findOne('desk__agent', { where: { email: 'ann@example.com' } });
  await driver.create('desk__ticket', { subject: 'Ours', account: account.id, agent: agent?.id ?? null });
  const all = async (...objects: string[]) => {
    const found: DataRecord[][] = [];
    for (const object of objects) found.push(await driver.find(object, { orderBy: [{ field: 'id' }] }));
    return found;
  };
  return { ...tenant, all };
}

const NAMES = ['desk__team', 'desk__agent', 'desk__ticket', 'account'];

describe('a whole application packaged as an app', () => {
  it('is installed with every lookup resolved, and counts the rules that its seed data violates', async () => {
    const { driver, deployments, tenantId } = await openDesk();
    const { result } = (await deployments.latest(tenantId)) ?? {};
    const ofAgents = result?.seeds.find(({ object }) => object === 'desk__agent');
    expect(ofAgents).toMatchObject({ inserted: 3, failed: 0, ruleViolations: 2, referencesUnresolved: 0 });
    const teams = await driver.find('desk__team', { orderBy: [{ field: 'name' }] });
    const [night, support] = teams;
    expect(night).toMatchObject({ name: 'Night shift', parent: support?.id });
    const agents = await driver.find('desk__agent', { orderBy: [{ field: 'email' }] });
    expect(agents.map(({ team, joined }) => [team, joined])).toEqual([
      [support?.id, '2024-02-29'],
      [night?.id, null],
      [support?.id, null],
    ]);
    expect([night?.lead, support?.lead]).toEqual([agents[1]?.id, agents[0]?.id]);
    const tickets = await driver.find('desk__ticket', { orderBy: [{ field: 'number' }] });
    expect(tickets.map(({ number, subject }) => [number, subject])).toEqual([
      ['T-0001', 'Printer'],
      ['T-0002', 'Screen'],
      ['T-0050', 'Keyboard'],
      ['T-0051', 'Ours'],
    ]);
  });

  it('keeps every record and id when an upgrade renames its objects and fields', async () => {
    const { apps, tenantId, all } = await openDesk();
    const [teams, agents, tickets = [], accounts] = await all(...NAMES);
    const upgraded = await apps.upgradeApp(tenantId, 'desk', DESK_2);
    expect(upgraded).toMatchObject({ success: true, conflicts: [] });
    const [sameTeams, sameAgents, cases = [], sameAccounts] = await all(
      'desk__team',
      'desk__agent',
      'desk__case',
      'account',
    );
    const withoutTimes = (records: readonly DataRecord[] = []) =>
      records.map(({ updated_at: _, ...record }) => record);
    expect([withoutTimes(sameTeams), withoutTimes(sameAgents), sameAccounts]).toEqual([
      withoutTimes(teams),
      withoutTimes(agents),
      accounts,
    ]);
    expect(cases.map(({ id, number, title, kind }) => [id, number, title, kind])).toEqual(
      tickets.map(({ id, number, subject }) => [id, number, subject, null]),
    );
  });

  it.each(['keep', 'archive'] as const)(
    'restores every value after it was removed with: %s',
    async (data) => {
      const { apps, tenantId, all } = await openDesk();
      const before = await all(...NAMES);
      await apps.uninstallApp(tenantId, 'desk', { data });
      expect(await all('account')).toMatchObject([[{ name: 'Acme' }]]);
      const restored = await apps.installApp(tenantId, DESK, {});
      expect(restored).toMatchObject({ success: true, seededRecords: 0 });
      const withoutTimes = (found: DataRecord[][]) =>
        found.map((records) => records.map(({ updated_at: _, ...record }) => record));
      expect(withoutTimes(await all(...NAMES))).toEqual(withoutTimes(before));
    },
  );

  it('leaves nothing of itself when it is purged', async () => {
    const { apps, tenantId, driver } = await openDesk();
    await apps.uninstallApp(tenantId, 'desk', { data: 'purge' });
    const { rows } = await driver.execute(
      `SELECT name, sql FROM sqlite_schema WHERE name LIKE '%desk%' OR sql LIKE '%desk%'`,
    );
    expect(rows).toEqual([]);
    expect((await driver.execute('SELECT * FROM _os_undo')).rows).toEqual([]);
    const texts = ['_os_object', '_os_component', '_os_seed_record', '_os_seed', '_os_sequence'];
    for (const table of texts)
      expect([table, JSON.stringify((await driver.execute(`SELECT * FROM ${table}`)).rows)]).toEqual([
        table,
        expect.not.stringContaining('desk'),
      ]);
    const again = await apps.installApp(tenantId, DESK, {});
    expect(again).toMatchObject({ success: true, seededRecords: 8, restoredRecords: 0 });
    await apps.uninstallApp(tenantId, 'desk');
    await apps.uninstallApp(tenantId, 'desk', { data: 'purge' });
    expect((await driver.execute('SELECT * FROM _os_undo')).rows).toEqual([]);
  });
});
