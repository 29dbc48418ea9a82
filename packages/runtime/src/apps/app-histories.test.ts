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
const OWN: Record<string, DeployBundleInput> = {
  plain: bundleOf({ objects: [account] }, '1.0.0'),
  wide: bundleOf({ objects: [account, objectOf('note', { name: text })] }, '2.0.0'),
  extending: {
    ...bundleOf({ objects: [account] }, '3.0.0'),
    objectExtensions: [{ extend: 'contacts__person', fields: { nick: text } }],
  },
};

interface Model {
  readonly own: string;
  readonly contacts: string | null;
  readonly hasBilling: boolean;
}

type Step =
  | 'plain'
  | 'wide'
  | 'extending'
  | 'install'
  | 'upgrade'
  | 'bill'
  | 'uninstall'
  | 'unbill'
  | 'rollback';
const STEPS: Step[] = [
  'plain',
  'wide',
  'extending',
  'install',
  'upgrade',
  'bill',
  'uninstall',
  'unbill',
  'rollback',
];

/** What a step leads to; the same model if it is refused or changes nothing. */
function after(model: Model, step: Step): Model {
  const { own, contacts, hasBilling } = model;
  if (step === 'plain' || step === 'wide') return { ...model, own: step };
  if (step === 'extending') return contacts ? { ...model, own: step } : model;
  if (step === 'install') return contacts ? model : { ...model, contacts: '1.0.0' };
  if (step === 'upgrade') return contacts ? { ...model, contacts: '1.1.0' } : model;
  if (step === 'bill') return contacts ? { ...model, hasBilling: true } : model;
  if (step === 'unbill') return { ...model, hasBilling: false };
  if (step === 'uninstall') return own === 'extending' || hasBilling ? model : { ...model, contacts: null };
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

const isSame = (one: Model, other: Model) => JSON.stringify(one) === JSON.stringify(other);

describe('random histories of deployments and apps', () => {
  it('leave exactly the objects, fields, apps and records of the model after each step', async () => {
    const seeds = SEEDS(20).flatMap(([first, count]) =>
      Array.from({ length: count }, (_, index) => first + index),
    );
    for (const seed of seeds) {
      const random = randomFrom(seed);
      const history = Array.from({ length: 8 }, () => random.pick(STEPS));
      const tenant = await openAppTenant();
      const { apps, deployments, driver, tenantId } = tenant;
      const run: Record<Step, () => Promise<unknown>> = {
        plain: () => deployOwn('plain'),
        wide: () => deployOwn('wide'),
        extending: () => deployOwn('extending'),
        install: () => apps.installApp(tenantId, CONTACTS, {}),
        upgrade: () => apps.upgradeApp(tenantId, 'contacts', CONTACTS_1_1),
        bill: () => apps.installApp(tenantId, BILLING, { api_key: 'k' }),
        uninstall: () => apps.uninstallApp(tenantId, 'contacts'),
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
      const stack: Model[] = [{ own: 'plain', contacts: null, hasBilling: false }];
      for (const [index, step] of history.entries()) {
        const model = stack.at(-1) as Model;
        const place = `${history.slice(0, index + 1).join(', ')} (seed ${seed})`;
        if (step === 'rollback') {
          if (stack.length > 1) {
            await run.rollback();
            stack.pop();
          }
        } else {
          const next = after(model, step);
          await run[step]().catch((error) => {
            if (!isSame(next, model)) throw new Error(place, { cause: error });
          });
          if (!isSame(next, model)) stack.push(next);
        }
        const expected = stack.at(-1) as Model;
        const { objects } = await tenant.dataPlane.schemaDiff.introspect(driver);
        const found = objects.map(({ definition }) => [
          definition.name,
          Object.keys(definition.fields).sort(),
        ]);
        expect(Object.fromEntries(found), place).toEqual(objectsOf(expected));
        expect(
          (await apps.list(tenantId)).map(({ appId, version }) => [appId, version]),
          place,
        ).toEqual([
          ...(expected.contacts ? [['contacts', expected.contacts]] : []),
          ...(expected.hasBilling ? [['billing', '1.0.0']] : []),
        ]);
        expect(await driver.findOne('account', { where: { id } }), place).toMatchObject({ name: 'Kept' });
        if (expected.contacts) expect(await driver.count('contacts__person'), place).toBe(2);
      }
    }
  });
});
