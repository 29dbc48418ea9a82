import { readFile } from 'node:fs/promises';
import { formatPlan, type MigrationPlan } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { openTenant } from '../../test/deploy-plane.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';

const GUIDE = new URL('../../../../docs/guides/migrations.md', import.meta.url);

const text = { type: 'text' } as const;
const required = { ...text, required: true } as const;

const FIRST = bundleOf({
  objects: [
    objectOf('account', { name: required, industry: text, employees: text, note: text }),
    objectOf('visit', { day: { type: 'date' } }),
  ],
});

/** The second version in the guide. */
const SECOND = bundleOf(
  {
    objects: [
      objectOf('account', {
        name: required,
        employees: { type: 'number' },
        remark: { ...text, renamedFrom: 'note' },
        region: { type: 'lookup', reference: 'region' },
      }),
      objectOf('contract', { title: text }),
    ],
  },
  '2.0.0',
);

/** Prevented by two accounts of the same name; its seed would remove both. */
const UNIQUE = bundleOf(
  {
    objects: [
      objectOf('account', {
        ...FIRST.objects?.[0]?.fields,
        name: { ...required, unique: true },
      }),
      objectOf('visit', { day: { type: 'date' } }),
    ],
    seedData: [{ object: 'account', mode: 'replace', externalId: 'name', records: [{ name: 'Seeded' }] }],
  },
  '1.1.0',
);

/** A tenant with the first version and two accounts. */
async function deployed() {
  const tenant = await openTenant();
  await tenant.deployments.deploy(tenant.tenantId, FIRST);
  await tenant.driver.bulkCreate('account', [
    { id: 'a', name: 'Acme', industry: 'ships', employees: 'about 40' },
    { id: 'b', name: 'Acme', industry: 'farming', employees: '12' },
  ]);
  return tenant;
}

/** The ids that the text lists as required in `allow`. */
const approvalsIn = (plan: MigrationPlan) =>
  (formatPlan(plan).match(/\n\nApproval required.*:\n((?: {2}.*\n?)+)/)?.[1] ?? '')
    .split('\n')
    .flatMap((line) => line.match(/^ {2}(\S+)/)?.[1] ?? []);

describe('formatPlan', () => {
  it('describes each change in one line, with the text that the guide shows', async () => {
    const { deployments, tenantId } = await deployed();
    const formatted = formatPlan(await deployments.planDeployment(tenantId, SECOND));
    expect(formatted.split('\n')).toEqual([
      'Version 2.0.0: 6 changes, 15 statements. Reversible.',
      '',
      'Changes:',
      '  safe        SF001  add_object:contract  An object is added.',
      '  loses_data  DS101  remove_object:visit  An object is removed together with its records. (removed: 0)',
      '  may_fail    DS103  change_field:account.employees  The storage of a field changes, and its values may not fit. (misfits: 1)',
      '  loses_data  DS102  remove_field:account.industry  A field is removed together with its values. (removed: 2)',
      '  safe        SF002  add_field:account.region  A field is added.',
      '  safe        BC302  rename_field:account.remark  A field is renamed.',
      '',
      'Table rebuilds:',
      '  Rebuilds the table of account with all its records. (6 statements)',
      '',
      'Approval required, by these ids in allow:',
      '  remove_object:visit  Removes data.',
      '  remove_field:account.industry  Removes data. 2 records (a, b): Records of account whose industry is removed.',
      '  change_field:account.employees  1 record (a): Records of account whose employees cannot be converted.',
      '',
      'Notices:',
      '  lookup_without_foreign_key  account.region  No object region is deployed here, so the lookup has no foreign key.',
      '',
      'Warnings:',
      '  unknown_object  /objects/0/fields/region/reference  The object region is not in the bundle: no foreign key is created for this field.',
    ]);
    expect(await readFile(GUIDE, 'utf8')).toContain(`\`\`\`text\n${formatted}\n\`\`\`\n`);
  });

  it('lists exactly the ids that the deployment needs', async () => {
    const { deployments, tenantId } = await deployed();
    const allow = approvalsIn(await deployments.planDeployment(tenantId, SECOND));
    expect(allow).toHaveLength(3);
    for (const left of allow) {
      const call = deployments.deploy(tenantId, SECOND, { allow: allow.filter((id) => id !== left) });
      await expect(call).rejects.toMatchObject({
        code: expect.stringMatching(/^(destructive_not_allowed|conversion_failed)$/),
      });
    }
    expect(await deployments.deploy(tenantId, SECOND, { allow })).toMatchObject({ outcome: 'applied' });
  });

  it('lists what existing records prevent, and what a seed would remove', async () => {
    const { deployments, driver, tenantId } = await deployed();
    const plan = await deployments.planDeployment(tenantId, UNIQUE);
    expect(formatPlan(plan, { format: 'markdown' }).split('\n')).toEqual([
      'Version 1.1.0: 2 changes, 1 statement. Reversible.',
      '',
      '### Changes',
      '',
      '- `safe` `SF005` `change_field:account.name` Metadata changes without an effect on the table.',
      expect.stringMatching(
        /^- `may_fail` `DD202` `add_index:account\.\w+` .* duplicate values\. \(duplicates: 2\)$/,
      ),
      '',
      '### Prevented by existing records',
      '',
      '- 2 records (a, b): Records of account that share name.',
      '',
      '### Approval required, by these ids in allow',
      '',
      '- `replace_records:account` 2 records (a, b): Records that seed data did not create, and that the seed data of account would delete, or of which it would clear a lookup. Needs approval by this id.',
    ]);
    const allow = approvalsIn(plan);
    await expect(deployments.deploy(tenantId, UNIQUE, { allow })).rejects.toMatchObject({
      code: 'unique_violation',
    });
    await driver.update('account', 'b', { name: 'Globex' });
    expect(await deployments.deploy(tenantId, UNIQUE, { allow })).toMatchObject({ outcome: 'applied' });
  });

  it('says that a plan has no changes', async () => {
    const { deployments, tenantId } = await deployed();
    expect(formatPlan(await deployments.planDeployment(tenantId, FIRST))).toBe('Version 1.0.0: no changes.');
  });
});
