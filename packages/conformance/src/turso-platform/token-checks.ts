import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { TursoDatabaseTokenSchema } from '@objectstack/spec/data';
import { refused } from '../kit/refused.js';
import { NEVER_CREATED, needs, type PlatformChecks } from './platform-check.js';
import { codeOf } from './platform-trial.js';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Servers may tolerate clocks that differ by some seconds. */
const EXPIRED_WITHIN_MS = 15_000;

export const TOKEN_CHECKS: PlatformChecks = {
  full: needs('tokens', 'a token with full access reads and writes', async (trial) => {
    const { info, name } = await trial.create();
    const database = await trial.openWith(info, await trial.token(name));
    await database.write('a');
    assert.deepEqual(await database.read(), ['a']);
  }),
  'read-only': needs('tokens', 'a token with read-only access reads and does not write', async (trial) => {
    const { info, name, database } = await trial.create();
    await database.write('a');
    const reading = await trial.openWith(info, await trial.token(name, 'read-only'));
    assert.deepEqual(await reading.read(), ['a']);
    await refused(reading.write('b'), 'unauthorized');
    assert.deepEqual(await database.read(), ['a']);
  }),
  none: needs('tokens', 'a database is not accessible without a token', async (trial) => {
    const { info } = await trial.create();
    const database = await trial.openWith(info, undefined);
    await refused(database.read(), 'unauthorized');
  }),
  other: needs('tokens', 'a token opens only its own database', async (trial) => {
    const [one, other] = [await trial.create(), await trial.create()];
    const wrong = await trial.openWith(one.info, await trial.token(other.name));
    const code = await codeOf(wrong.read());
    assert.ok(code === 'unauthorized' || code === 'database_not_found', code);
  }),
  additional: needs('tokens', 'a new token leaves earlier ones valid', async (trial) => {
    const { info, name } = await trial.create();
    const first = await trial.openWith(info, await trial.token(name));
    assert.notEqual(await trial.token(name, 'read-only'), await trial.token(name));
    assert.deepEqual(await first.read(), []);
  }),
  lifetime: needs('tokens', 'reports when a token expires, if it does', async (trial) => {
    const { name } = await trial.create();
    const limited = await trial.platform.createToken(name, 'full-access', 3_600);
    assert.deepEqual(TursoDatabaseTokenSchema.parse(limited), limited);
    const remaining = Date.parse(limited.expiresAt ?? '') - Date.now();
    assert.ok(Math.abs(remaining - HOUR_MS) < MINUTE_MS, limited.expiresAt);
    const unlimited = await trial.platform.createToken(name, 'read-only');
    assert.equal(unlimited.expiresAt, undefined);
  }),
  expired: needs('tokens', 'an expired token is refused', async (trial) => {
    const { info, name } = await trial.create();
    const database = await trial.openWith(info, await trial.expiredToken(name));
    const deadline = performance.now() + EXPIRED_WITHIN_MS;
    while (performance.now() < deadline) {
      const isValid = await database.read().then(
        () => true,
        () => false,
      );
      if (!isValid) break;
      await delay(250);
    }
    await refused(database.read(), 'unauthorized');
  }),
  'invalid-lifetime': needs('tokens', 'rejects a lifetime that is not a positive integer', async (trial) => {
    const { name } = await trial.create();
    for (const seconds of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])
      await refused(trial.platform.createToken(name, 'full-access', seconds), 'invalid_request');
  }),
  unknown: needs('tokens', 'rejects a token of an unknown database', async ({ platform }) => {
    await refused(platform.createToken(NEVER_CREATED, 'full-access'), 'database_not_found');
  }),
};

export const REVOKE_CHECKS: PlatformChecks = {
  all: needs('tokens', 'revokes all tokens of the database, and new ones are valid', async (trial) => {
    const { info, name } = await trial.create();
    const tokens = [await trial.token(name), await trial.token(name, 'read-only')];
    assert.deepEqual(await trial.platform.revokeToken(name), { revoked: 'all_tokens_of_database' });
    for (const token of tokens) await refused((await trial.openWith(info, token)).read(), 'unauthorized');
    const database = await trial.openWith(info, await trial.token(name));
    await database.write('a');
    assert.deepEqual(await database.read(), ['a']);
  }),
  'keeps-data': needs('tokens', 'data, blocks and size limit remain', async (trial) => {
    const { info, name, database } = await trial.create();
    await database.write('a');
    const { supports } = trial.platform;
    if (supports.access)
      await trial.platform.setDatabaseAccess(name, { blockReads: false, blockWrites: true });
    await trial.platform.revokeToken(name);
    const again = await trial.open(info);
    assert.deepEqual(await again.read(), ['a']);
    if (supports.access) await refused(again.write('b'), 'database_blocked');
  }),
  others: needs('tokens', 'tokens of other databases remain valid', async (trial) => {
    const [one, other] = [await trial.create(), await trial.create()];
    await trial.platform.revokeToken(one.name);
    assert.deepEqual(await other.database.read(), []);
  }),
  repeated: needs('tokens', 'can be repeated', async (trial) => {
    const { info, name } = await trial.create();
    await trial.platform.revokeToken(name);
    await trial.platform.revokeToken(name);
    assert.deepEqual(await (await trial.open(info)).read(), []);
  }),
  unknown: needs('tokens', 'rejects an unknown database', async ({ platform }) => {
    await refused(platform.revokeToken(NEVER_CREATED), 'database_not_found');
  }),
  aborted: needs('tokens', 'revokes nothing if the call was aborted before', async (trial) => {
    const { name, database } = await trial.create();
    await refused(trial.platform.revokeToken(name, { signal: AbortSignal.abort() }), 'aborted');
    assert.deepEqual(await database.read(), []);
  }),
};
