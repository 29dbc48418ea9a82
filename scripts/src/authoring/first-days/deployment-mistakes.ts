import type { Field } from '@objectstack/spec/data';
import type { DeployBundleInput } from '@objectstack/spec/system';
import { accepted, type FirstDayMistake, mistake } from './first-day-mistake.js';
import { ACCOUNT, type Shop, TICKET } from './shop.js';

/** The next version, with other fields of `account`. */
const next = (fields: Record<string, Field>): DeployBundleInput => ({
  manifest: { version: '2.0.0' },
  objects: [{ ...ACCOUNT, fields }, TICKET],
});
const { code: _code, ...otherFields } = ACCOUNT.fields;
const WITHOUT_CODE = next(otherFields);
const WITH_PHONE = next({ ...ACCOUNT.fields, phone: { type: 'text' } });
const WITH_REQUIRED = next({ ...ACCOUNT.fields, phone: { type: 'text', required: true } });

const removing =
  (allow: unknown) =>
  ({ os, tenantId }: Shop) =>
    os.deployments.deploy(tenantId, WITHOUT_CODE, allow === undefined ? {} : ({ allow } as never));
const plan = ({ os, tenantId }: Shop) => os.deployments.planDeployment(tenantId, WITH_PHONE);

/** Mistakes in deploying a bundle. The first ones change nothing. */
export const DEPLOYMENT_MISTAKES: readonly FirstDayMistake[] = [
  mistake('a removed field that nobody approved', removing(undefined), [
    'destructive_not_allowed',
    'remove_field:account.code',
    /approve each by its id in allow/,
  ]),
  mistake('a misspelled id in allow', removing(['remove_field:account.cod']), [
    'invalid_request',
    'remove_field:account.cod',
    /Did you mean `remove_field:account\.code`/,
  ]),
  mistake('a text for allow', removing('remove_field:account.code'), [
    'invalid_type',
    '/allow',
    /a list.*brackets/,
  ]),
  mistake(
    'a bundle as JSON text',
    ({ os, tenantId }) => os.deployments.deploy(tenantId, JSON.stringify(WITH_PHONE) as never),
    ['invalid_shape', '', /parseBundle/],
  ),
  mistake(
    'a required field without default',
    ({ os, tenantId }) => os.deployments.deploy(tenantId, WITH_REQUIRED),
    ['not_null_violation', 'account.phone', /give the field a literal default or a backfill/],
  ),
  mistake(
    'the plan of another tenant',
    async (shop) => {
      await shop.os.deployments.deploy(shop.otherTenantId, WITH_REQUIRED);
      return shop.os.deployments.executeDeployment(shop.otherTenantId, await plan(shop));
    },
    ['plan_stale', 'planDeployment', /Create a plan for this tenant/],
  ),
  mistake(
    'a plan that is stale',
    async (shop) => {
      const made = await plan(shop);
      await shop.os.deployments.deploy(shop.tenantId, next({ ...ACCOUNT.fields, fax: { type: 'text' } }));
      return shop.os.deployments.executeDeployment(shop.tenantId, made);
    },
    ['plan_stale', 'planDeployment', /Create a plan for this tenant/],
  ),
  accepted(
    'another content of a version that is deployed',
    ({ os, tenantId }) => os.deployments.deploy(tenantId, next({ ...ACCOUNT.fields, fax: { type: 'url' } })),
    'A deployment is identified by its content: `objectstack dev` deploys each change under the same version.',
  ),
];
