import type { DeployBundleInput } from '@objectstack/spec/system';
import { randomFrom, SEEDS } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { BILLING, CONTACTS, openAppTenant } from '../../test/app-plane.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';

const text = { type: 'text' } as const;
const account = objectOf('account', { name: text });
const CONTACTS_1_1 = {
  ...CONTACTS,
  version: '1.1.0',
  objects: [
    {
      ...CONTACTS.objects[0],
      name: 'contacts__person',
      fields: { ...CONTACTS.objects[0]?.fields, email: text },
    },
  ],
};
const HOUR_MS = 3_600_000;
const OWN: Record<string, DeployBundleInput> = {
  plain: bundleOf({ objects: [account] }, '1.0.0'),
  wide: bundleOf({ objects: [account, objectOf('note', { name: text })] }, '2.0.0'),
  extending: {
    ...bundleOf({ objects: [account] }, '3.0.0'),
    objectExtensions: [{ extend: 'contacts__person', fields: { nick: text } }],
  },
  styled: {
    ...bundleOf({ objects: [account] }, '4.0.0'),
    views: [{ ...CONTACTS.views[0], name: 'contacts__people', label: 'Ours' }],
  },
};

interface Model {
  readonly own: string;
  readonly contacts: string | null;
  readonly hasBilling: boolean;
}

/** Phone numbers of people by their codes. */
type People = Readonly<Record<string, string>>;

/** A deployment in effect. */
interface Deployed {
  readonly model: Model;
  /** Records that it removed, and that another installation restores. */
  removed?: People | undefined;
  /** Whether what it removed was archived or purged, so that it cannot be rolled back. */
  isFinal?: boolean;
}

const SEEDED: People = { ann: '1', bob: '2' };

/** The records that an installation begins with: those that the latest uninstallation in effect removed, or seed data. */
function installedPeople(stack: readonly Deployed[]): People {
  const last = stack.findLastIndex(({ model }) => model.contacts !== null);
  return stack[last + 1]?.removed ?? SEEDED;
}

/** Archives or purges what the latest uninstallation, or each, removed. */
function release(stack: readonly Deployed[], data: 'archive' | 'purge'): void {
  const last = stack.findLastIndex(({ model }) => model.contacts !== null);
  for (const [index, deployed] of stack.entries()) {
    if (deployed.removed === undefined) continue;
    if (data === 'purge' || index === last + 1) deployed.isFinal = true;
    if (data === 'purge') deployed.removed = undefined;
  }
}

type Step =
  | 'plain'
  | 'wide'
  | 'extending'
  | 'styled'
  | 'install'
  | 'upgrade'
  | 'bill'
  | 'uninstall'
  | 'archive'
  | 'purge'
  | 'unbill'
  | 'rollback'
  | 'write';
const STEPS: Step[] = [
  'plain',
  'wide',
  'extending',
  'styled',
  'install',
  'upgrade',
  'bill',
  'uninstall',
  'archive',
  'purge',
  'unbill',
  'rollback',
  'write',
];
/** Steps that are about the data of an app. Of two histories, one consists of these. */
const DATA_STEPS: Step[] = [
  'install',
  'install',
  'write',
  'uninstall',
  'archive',
  'purge',
  'rollback',
  'rollback',
];
/** Steps that remove the app. */
const REMOVALS: readonly Step[] = ['uninstall', 'archive', 'purge'];

/** What a step leads to; the same model if it is refused or changes nothing. */
function after(model: Model, step: Step): Model {
  const { own, contacts, hasBilling } = model;
  if (step === 'plain' || step === 'wide') return { ...model, own: step };
  if (step === 'extending' || step === 'styled') return contacts ? { ...model, own: step } : model;
  if (step === 'install') return contacts ? model : { ...model, contacts: '1.0.0' };
  if (step === 'upgrade') return contacts ? { ...model, contacts: '1.1.0' } : model;
  if (step === 'bill') return contacts ? { ...model, hasBilling: true } : model;
  if (step === 'unbill') return { ...model, hasBilling: false };
  if (REMOVALS.includes(step)) {
    const isUsed = own === 'extending' || own === 'styled' || hasBilling;
    return isUsed ? model : { ...model, contacts: null };
  }
  return model;
}

function objectsOf({ own, contacts, hasBilling }: Model): Record<string, string[]> {
  return {
    account: contacts ? ['contacts__score', 'name'] : ['name'],
    ...(own === 'wide' && { note: ['name'] }),
    ...(contacts && {
      contacts__person: [
        'code',
        ...(contacts === '1.1.0' ? ['email'] : []),
        'name',
        ...(own === 'extending' ? ['nick'] : []),
        'phone',
      ],
    }),
    ...(hasBilling && { billing__invoice: ['number', 'person'] }),
  };
}

/** What the apps own, and whether the tenant changed it. */
function componentsOf({ own, contacts, hasBilling }: Model) {
  return {
    ...(contacts && {
      contacts: [
        ['object', 'contacts__person', own === 'extending'],
        ['field', 'account.contacts__score', false],
        ['view', 'contacts__people', own === 'styled'],
      ],
    }),
    ...(hasBilling && { billing: [['object', 'billing__invoice', false]] }),
  };
}

const isSame = (one: Model, other: Model) => JSON.stringify(one) === JSON.stringify(other);

describe('random histories of deployments and apps', () => {
  it('leave exactly the objects, fields, apps and records of the model after each step', async () => {
    const seeds = SEEDS(20).flatMap(([first, count]) =>
      Array.from({ length: count }, (_, index) => first + index),
    );
    for (const seed of seeds) {
      const random = randomFrom(seed);
      const steps = seed % 2 === 0 ? STEPS : DATA_STEPS;
      const history = Array.from({ length: 9 }, () => random.pick(steps));
      const tenant = await openAppTenant();
      // Retained data is deleted when its expiry is long past.
      tenant.clock.advance(Date.now() + HOUR_MS - tenant.clock.now().getTime());
      const { apps, deployments, driver, tenantId } = tenant;
      const run: Record<Step, () => Promise<unknown>> = {
        plain: () => deployOwn('plain'),
        wide: () => deployOwn('wide'),
        extending: () => deployOwn('extending'),
        styled: () => deployOwn('styled'),
        write: async () => {
          if (!people) return;
          const phone = String(100 + Object.keys(people).length);
          const code = `ours${phone}`;
          const ann = await driver.findOne('contacts__person', { where: { code: 'ann' } });
          await driver.update('contacts__person', ann?.id ?? '', { phone });
          await driver.create('contacts__person', { code, phone });
          people = { ...people, ann: phone, [code]: phone };
        },
        install: () => apps.installApp(tenantId, CONTACTS, {}),
        upgrade: () => apps.upgradeApp(tenantId, 'contacts', CONTACTS_1_1),
        bill: () => apps.installApp(tenantId, BILLING, { api_key: 'k' }),
        uninstall: () => apps.uninstallApp(tenantId, 'contacts'),
        archive: () => apps.uninstallApp(tenantId, 'contacts', { data: 'archive' }),
        purge: () => apps.uninstallApp(tenantId, 'contacts', { data: 'purge' }),
        unbill: () => apps.uninstallApp(tenantId, 'billing'),
        rollback: async () =>
          deployments.rollbackDeployment(tenantId, (await deployments.latest(tenantId))?.id ?? ''),
      };
      async function deployOwn(name: string) {
        const plan = await deployments.planDeployment(tenantId, OWN[name] as DeployBundleInput);
        const allow = [...plan.diff.objects, ...plan.diff.fields].map(({ id }) => id);
        return deployments.executeDeployment(tenantId, plan, { allow });
      }
      await deployOwn('plain');
      const { id } = await driver.create('account', { name: 'Kept' });
      const stack: Deployed[] = [{ model: { own: 'plain', contacts: null, hasBilling: false } }];
      let people: People | null = null;
      for (const [index, step] of history.entries()) {
        const { model } = stack.at(-1) as Deployed;
        const place = `${history.slice(0, index + 1).join(', ')} (seed ${seed})`;
        if (step === 'rollback' && stack.at(-1)?.isFinal) {
          await expect(run.rollback(), place).rejects.toMatchObject({ code: 'undo_expired' });
        } else if (step === 'rollback') {
          const undone = stack.length > 1 ? stack.pop() : undefined;
          if (undone) await run.rollback();
          const { contacts } = (stack.at(-1) as Deployed).model;
          if (undone) people = contacts ? (undone.removed ?? people) : null;
        } else {
          const next = after(model, step);
          await run[step]().catch((error) => {
            if (!isSame(next, model)) throw new Error(place, { cause: error });
          });
          if (!isSame(next, model)) {
            const isRemoved = model.contacts !== null && next.contacts === null;
            if (!model.contacts && next.contacts) people = installedPeople(stack);
            stack.push({ model: next, ...(isRemoved && people && { removed: people }) });
            if (isRemoved) people = null;
          }
          const isInstalled = next.contacts !== null;
          if (!isInstalled && (step === 'archive' || step === 'purge')) release(stack, step);
        }
        const expected = (stack.at(-1) as Deployed).model;
        const { objects } = await tenant.dataPlane.schemaDiff.introspect(driver);
        const found = objects.map(({ definition }) => [
          definition.name,
          Object.keys(definition.fields).sort(),
        ]);
        expect(Object.fromEntries(found), place).toEqual(objectsOf(expected));
        const installed = await apps.list(tenantId);
        expect(
          installed.map(({ appId, version }) => [appId, version]),
          place,
        ).toEqual([
          ...(expected.contacts ? [['contacts', expected.contacts]] : []),
          ...(expected.hasBilling ? [['billing', '1.0.0']] : []),
        ]);
        expect(await driver.findOne('account', { where: { id } }), place).toMatchObject({ name: 'Kept' });
        const owned = installed.map(({ appId, components }) => [
          appId,
          components.map(({ kind, name, isModified }) => [kind, name, isModified]),
        ]);
        expect(Object.fromEntries(owned), place).toEqual(componentsOf(expected));
        const records = expected.contacts ? await driver.find('contacts__person') : null;
        expect(records && Object.fromEntries(records.map(({ code, phone }) => [code, phone])), place).toEqual(
          people,
        );
      }
    }
  });
});
