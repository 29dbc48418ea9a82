import assert from 'node:assert/strict';
import { ReleaseSchema } from '@objectstack/spec/system';
import { refused } from '../kit/refused.js';
import { type FleetChecks, must } from './fleet-check.js';
import { RELEASES } from './sample-releases.js';

export const releaseChecks: FleetChecks = {
  create: must('`createRelease` names a bundle once, and can be repeated', async ({ fleet }) => {
    const release = await fleet.createRelease(RELEASES.first, { name: '2026-11' });
    assert.deepEqual(ReleaseSchema.parse(release), release);
    assert.deepEqual([release.name, release.bundleVersion], ['2026-11', '1.0.0']);
    assert.deepEqual(await fleet.createRelease(RELEASES.first, { name: '2026-11' }), release);
    const conflicts = [
      [RELEASES.indexed, '2026-11'],
      [RELEASES.first, '2026-12'],
    ] as const;
    for (const [bundle, name] of conflicts) {
      const { details } = await refused(fleet.createRelease(bundle, { name }), 'release_exists');
      assert.equal(details.release, '2026-11');
    }
    assert.deepEqual(await fleet.getRelease('2026-11'), release);
  }),
  invalid: must(
    '`createRelease` rejects invalid names and bundles, and stores nothing',
    async ({ fleet }) => {
      for (const name of ['', 'a/b', '-a', 'a'.repeat(101)])
        await refused(fleet.createRelease(RELEASES.first, { name }), 'invalid_request');
      await refused(fleet.createRelease({ manifest: { version: 'x' } }, { name: 'a' }), 'invalid_bundle');
      await refused(fleet.getRelease('a'), 'release_not_found');
      assert.deepEqual((await fleet.listReleases()).items, []);
    },
  ),
  list: must('`listReleases` returns every release once, in pages, latest first', async (trial) => {
    const { fleet, advance } = trial;
    for (const name of ['first', 'indexed', 'unique'] as const) {
      await fleet.createRelease(RELEASES[name], { name });
      advance(1_000);
    }
    const { items, nextCursor } = await fleet.listReleases({ limit: 2 });
    const rest = await fleet.listReleases({ limit: 2, cursor: nextCursor ?? '' });
    const names = [...items, ...rest.items].map(({ name }) => name);
    assert.deepEqual([names, rest.nextCursor], [['unique', 'indexed', 'first'], null]);
    await refused(fleet.listReleases({ limit: 0 }), 'invalid_request');
  }),
  channel: must('new tenants start at the release of their channel', async (trial) => {
    const { fleet } = trial;
    await trial.open(0, 'first', 'indexed');
    await fleet.setChannel('stable', 'first');
    await fleet.setChannel('beta', 'indexed');
    const ids: string[] = [];
    for (const channel of [undefined, 'beta', 'none']) {
      const request = { orgId: 'acme', ...(channel && { channel }) };
      ids.push((await trial.subject.provisioning.provisionTenant(request)).tenantId);
    }
    const releases = await Promise.all(ids.map((id) => fleet.getTenantRelease(id)));
    assert.deepEqual(
      releases.map(({ channel, desired, running }) => [channel, desired, running]),
      [
        ['stable', 'first', 'first'],
        ['beta', 'indexed', 'indexed'],
        ['none', null, null],
      ],
    );
    assert.deepEqual(await trial.versions(ids), ['1.0.0', '2.0.0', 'none']);
  }),
  channels: must('channels can be listed, changed and emptied, and do not move tenants', async (trial) => {
    const { fleet } = trial;
    const [tenantId = ''] = await trial.open(1, 'first', 'indexed');
    await fleet.setChannel('stable', 'first');
    await fleet.setChannel('beta', 'indexed');
    await fleet.setChannel('stable', null);
    const channels = await fleet.listChannels();
    assert.deepEqual(
      channels.map(({ name, release }) => [name, release]),
      [
        ['beta', 'indexed'],
        ['stable', null],
      ],
    );
    const moved = await fleet.setTenantChannel(tenantId, 'beta');
    assert.deepEqual([moved.channel, moved.desired, moved.running], ['beta', null, 'first']);
    await refused(fleet.setChannel('beta', 'none'), 'release_not_found');
    await refused(fleet.setChannel('Beta', 'first'), 'invalid_request');
    await refused(fleet.setTenantChannel('unknown', 'beta'), 'tenant_not_found');
    await refused(fleet.getTenantRelease('unknown'), 'tenant_not_found');
  }),
};
