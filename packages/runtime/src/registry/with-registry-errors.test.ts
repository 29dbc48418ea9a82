import type { ITenantRegistry } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { withRegistryErrors } from './with-registry-errors.js';

const refused = (reason: string) =>
  new ObjectStackError({ code: 'sql_error', message: 'Refused.', details: { reason } });

const failing = (error: unknown) =>
  withRegistryErrors({ listDeployments: () => Promise.reject(error) } as unknown as ITenantRegistry);

describe('withRegistryErrors', () => {
  it.each([
    'no such table: _os_control_tenant',
    'no such column: revision',
    'table _os_control_step has no column named attempt',
  ])('reports after "%s" that tables are missing', async (reason) => {
    await expect(failing(refused(reason)).listDeployments('t')).rejects.toMatchObject({
      code: 'database_invalid',
      details: { reason: 'tables_missing' },
    });
  });

  it.each([
    refused('near "x": syntax error'),
    new ObjectStackError({ code: 'database_busy', message: 'Locked.' }),
    new Error('no such table: _os_control_tenant'),
  ])('rethrows any other error unchanged: %s', async (error) => {
    await expect(failing(error).listDeployments('t')).rejects.toBe(error);
  });

  it('passes arguments and results on', async () => {
    const echo = { listDeployments: async (...args: unknown[]) => args } as unknown as ITenantRegistry;
    expect(await withRegistryErrors(echo).listDeployments('t')).toEqual(['t']);
  });
});
