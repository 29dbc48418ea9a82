import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ObjectDefinition } from '@objectstack/spec/data';
import { describe, expect, it } from 'vitest';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';
import { databaseNames, openTenantDataPlane } from '../../test/tenant-data-plane.js';

const rule = (strategy: string, more: object = {}) => ({ maskingRule: { strategy, ...more } });

const PERSON = objectOf('person', {
  full_name: { type: 'text', required: true, ...rule('substitute') },
  email: { type: 'email', unique: true, caseSensitive: false, maxLength: 60, ...rule('tokenize') },
  phone: { type: 'phone', maxLength: 20, ...rule('randomize') },
  passport: { type: 'text', unique: true, minLength: 9, maxLength: 9, index: true, ...rule('randomize') },
  salary: { type: 'currency', min: 1_000, max: 9_000_000, ...rule('randomize') },
  born_on: { type: 'date', ...rule('randomize') },
  notes: { type: 'textarea', ...rule('redact') },
  aliases: { type: 'tags', ...rule('hash') },
  address: { type: 'address', ...rule('redact') },
  site: { type: 'url', ...rule('substitute') },
  secret: { type: 'text', ...rule('nullify') },
  city: { type: 'text' },
  manager: { type: 'lookup', reference: 'person' },
});

const VISIT = objectOf('visit', {
  visitor_email: { type: 'email', ...rule('tokenize') },
  person: { type: 'lookup', reference: 'person', required: true },
});

const ORIGINALS = ['Zebulon Quackenbush', 'Wilhelmina Throckmorton', 'Ærøskøbing Østergaard'];

const personOf = (full_name: string, index: number) => ({
  id: `p${index}`,
  full_name,
  email: `${full_name.split(' ')[1]?.replace('Ø', 'o')}@corp${index}.invalid`,
  phone: `+49 30 99887${index}6655`,
  passport: `C0${index}X9KL4Z`,
  salary: 71_234.5 + index,
  born_on: `1971-0${index + 1}-17`,
  notes: `Confidential remark about ${full_name}`,
  aliases: [`zeb-alias-${index}-original`],
  address: { street: `Quackstreet ${index}` },
  site: `https://private${index}.invalid/home`,
  secret: `top-secret-value-${index}`,
  city: 'Springfield',
  manager: 'p0',
});

const PEOPLE = ORIGINALS.map(personOf);

/** Every text of the original records that must not be in the clone. A year has too few dates to exclude a coincidence. */
const SENSITIVE = PEOPLE.flatMap(
  ({ full_name, email, phone, passport, notes, aliases, address, site, secret }) => [
    full_name,
    email,
    phone,
    passport,
    notes,
    ...aliases,
    address.street,
    site,
    secret,
  ],
);

async function openStaff(objects: ObjectDefinition[] = [PERSON, VISIT]) {
  const plane = await openTenantDataPlane();
  const { runtime } = plane;
  const { tenantId } = await runtime.provisioning.provisionTenant({ orgId: 'acme', plan: 'pro' });
  await runtime.deployments.deploy(tenantId, bundleOf({ objects }));
  const driver = await runtime.router.getTenantClient(tenantId);
  await driver.bulkCreate('person', PEOPLE);
  return { ...plane, tenantId, driver };
}

/** The files of a database, as bytes that can be searched like text. */
async function filesOf(dir: string, databaseName: string): Promise<Buffer> {
  const folder = join(dir, 'tenants');
  const names = (await readdir(folder)).filter((name) => name.startsWith(databaseName));
  expect(names).toContain(`${databaseName}.db`);
  return Buffer.concat(await Promise.all(names.map((name) => readFile(join(folder, name)))));
}

describe('cloneTenant with maskingRule', () => {
  it('leaves no original value in any file of the clone, also not retained or removed ones', async () => {
    const { runtime, dir, dataPlane, tenantId, driver } = await openStaff();
    await driver.create('visit', { visitor_email: PEOPLE[0]?.email, person: 'p0' });
    await driver.create('person', {
      ...PEOPLE[0],
      id: 'gone',
      email: 'gone@corp.invalid',
      passport: 'GONE12345',
    });
    await driver.delete('person', 'gone');
    // The removed field is retained in the original, and its values are in its pages.
    const { secret: _, ...fields } = PERSON.fields;
    const without = bundleOf({ objects: [{ ...PERSON, fields }, VISIT] });
    await runtime.deployments.deploy(tenantId, without, { allow: ['remove_field:person.secret'] });
    await driver.execute('CREATE TABLE unmanaged AS SELECT * FROM person');
    const clone = await runtime.tenantData.cloneTenant(tenantId, { displayName: 'Staging' });
    expect(clone.maskedFields).toContainEqual({ object: 'visit', field: 'visitor_email' });
    expect(clone.maskedFields).toHaveLength(11);
    const { databaseName } = (await runtime.tenants.get(clone.tenantId)) ?? { databaseName: '' };
    const original = await filesOf(dir, `t-${tenantId}`);
    expect(SENSITIVE.filter((text) => text.includes('secret')).every((text) => original.includes(text))).toBe(
      true,
    );
    const copy = await filesOf(dir, databaseName);
    const found = [...SENSITIVE, 'gone@corp.invalid', 'GONE12345'].filter((text) => copy.includes(text));
    expect(found).toEqual([]);
    expect(copy.includes('Springfield')).toBe(true);
    // The copy that the records were read from is deleted.
    expect(await databaseNames({ dataPlane })).toEqual([`t-${tenantId}`, databaseName].toSorted());
    expect(await runtime.provisioning.inspectTenants()).toEqual([]);
  });

  it.each(['remove_field:badge.pin', 'remove_object:badge'])(
    'copies no retained value that a rule masked before %s',
    async (change) => {
      const color = { color: { type: 'text' as const } };
      const badge = objectOf('badge', { pin: { type: 'text', ...rule('redact') }, ...color });
      const { runtime, dir, tenantId, driver } = await openStaff([PERSON, badge]);
      await runtime.deployments.deploy(tenantId, bundleOf({ objects: [badge] }), {
        allow: ['remove_object:person'],
      });
      await driver.create('badge', { pin: 'pin-that-is-secret', color: 'red' });
      const objects = change.includes('field') ? [objectOf('badge', color)] : [objectOf('other', color)];
      await runtime.deployments.deploy(tenantId, bundleOf({ objects }), { allow: [change] });
      const clone = await runtime.tenantData.cloneTenant(tenantId);
      expect(clone.maskedFields).toEqual([]);
      const copy = await filesOf(dir, `t-${clone.tenantId}`);
      expect([...SENSITIVE, 'pin-that-is-secret'].filter((text) => copy.includes(text))).toEqual([]);
    },
  );

  it('keeps references, uniqueness, lengths, formats and equal values', async () => {
    const { runtime, tenantId, driver } = await openStaff();
    await driver.create('visit', { visitor_email: PEOPLE[1]?.email.toLowerCase(), person: 'p1' });
    const { tenantId: cloneId } = await runtime.tenantData.cloneTenant(tenantId);
    const clone = await runtime.router.getTenantClient(cloneId);
    const people = await clone.find('person', { orderBy: [{ field: 'id' }] });
    for (const [index, person] of people.entries()) {
      const original = PEOPLE[index];
      expect(person).toMatchObject({ id: original?.id, city: 'Springfield', manager: 'p0', secret: null });
      expect(person.email).toMatch(/^[a-z0-9]{26}@example\.com$/);
      expect(person.phone).toMatch(/^\+\d\d \d\d \d{10}$/);
      expect(person.passport).toMatch(/^[A-Z]\d\d[A-Z]\d[A-Z]{2}\d[A-Z]$/);
      expect(Number(person.salary)).toBeGreaterThanOrEqual(1_000);
      expect(person.born_on).toMatch(/^1971-\d\d-\d\d$/);
      expect(person.notes).toBe('*'.repeat(original?.notes.length ?? 0));
      expect(person.address).toEqual({});
      expect([...String(person.full_name)]).toHaveLength([...(original?.full_name ?? '')].length);
      // The values satisfy the rules of the object.
      await clone.update('person', person.id, {
        ...person,
        id: undefined,
        created_at: undefined,
        updated_at: undefined,
      });
    }
    expect(new Set(people.map(({ passport }) => passport)).size).toBe(3);
    const [visit] = await clone.find('visit', {});
    expect(visit?.visitor_email).toBe(people[1]?.email);
    await expect(
      clone.create('person', { full_name: 'x', email: String(people[0]?.email).toUpperCase() }),
    ).rejects.toMatchObject({ code: 'unique_violation' });
    // The clone is deployed to like any other tenant.
    const next = bundleOf({
      objects: [{ ...PERSON, fields: { ...PERSON.fields, age: { type: 'number' } } }, VISIT],
    });
    expect(await runtime.deployments.deploy(cloneId, next)).toMatchObject({ status: 'ready' });
  });

  it('copies everything without masking, and masks a backup too', async () => {
    const { runtime, tenantId, driver } = await openStaff();
    const plain = await runtime.tenantData.cloneTenant(tenantId, { masking: 'none' });
    expect(plain).not.toHaveProperty('maskedFields');
    const whole = await runtime.router.getTenantClient(plain.tenantId);
    const query = { orderBy: [{ field: 'id' }] };
    expect(await whole.find('person', query)).toEqual(await driver.find('person', query));
    const { id: backupId } = await runtime.tenantData.backupTenant(tenantId);
    const request = { backupId, requestKey: 'one' };
    const masked = await runtime.tenantData.cloneTenant(tenantId, request);
    const copy = await runtime.router.getTenantClient(masked.tenantId);
    expect(await copy.count('person')).toBe(3);
    expect((await copy.findOne('person', { where: { id: 'p0' } }))?.full_name).not.toBe(PEOPLE[0]?.full_name);
    expect(await runtime.tenantData.cloneTenant(tenantId, request)).toEqual({
      tenantId: masked.tenantId,
      created: false,
    });
    await expect(
      runtime.tenantData.cloneTenant(tenantId, { ...request, masking: 'none' }),
    ).rejects.toMatchObject({ code: 'idempotency_conflict' });
  });

  it('rejects rules that cannot be applied before anything is copied, and names each of them', async () => {
    const broken = objectOf('person', {
      ...PERSON.fields,
      email: { type: 'email', unique: true, ...rule('redact') },
      manager: { type: 'lookup', reference: 'person', ...rule('hash') },
      full_name: { type: 'text', required: true, maskingRule: 'odd' as never },
    });
    const { runtime, dataPlane, tenantId } = await openStaff([broken, VISIT]);
    const copies: string[] = [];
    const create = dataPlane.platform.createDatabase.bind(dataPlane.platform);
    dataPlane.platform.createDatabase = (request, options) => {
      copies.push(request.name);
      return create(request, options);
    };
    const refused = { code: 'invalid_masking_rule' };
    const error = await runtime.tenantData.cloneTenant(tenantId).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      ...refused,
      details: {
        issues: [
          { path: '/person/email/maskingRule', code: 'unusable_rule' },
          { path: '/person/full_name/maskingRule' },
          { path: '/person/manager/maskingRule' },
        ],
      },
    });
    expect(copies).toEqual([]);
    await runtime.provisioning.suspendTenant(tenantId);
    await expect(runtime.tenantData.cloneTenant(tenantId)).rejects.toMatchObject(refused);
    expect(await databaseNames({ dataPlane })).toEqual([`t-${tenantId}`]);
    expect((await runtime.tenantData.cloneTenant(tenantId, { masking: 'none' })).created).toBe(true);
  });
});
