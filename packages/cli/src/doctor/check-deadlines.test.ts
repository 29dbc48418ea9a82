import { join } from 'node:path';
import { openLocalDatabase, tursoLocal } from '@objectstack/driver-turso';
import { createRuntime } from '@objectstack/runtime';
import { createTenantRegistry } from '@objectstack/runtime/registry';
import { temporaryFolder } from '@objectstack/testing';
import { expect, it, onTestFinished } from 'vitest';
import type { CommandContext } from '../frame/command-context.js';
import { checkDeadlines } from './check-deadlines.js';

it('checkDeadlines reports what is due, with the command that does it', async () => {
  const dir = await temporaryFolder();
  const runtime = await createRuntime({ dataPlane: tursoLocal({ dir }) });
  const { tenantId } = await runtime.provisioning.provisionTenant({ orgId: 'default' });
  await runtime.close();
  const registry = createTenantRegistry(openLocalDatabase({ path: join(dir, 'control.db') }));
  onTestFinished(() => registry.close());
  await registry.initialize();
  const context = { registry: async () => registry } as unknown as CommandContext;
  expect(await checkDeadlines(context)).toEqual([]);
  const deadlineAt = '2024-01-01T00:00:00.000Z';
  await registry.updateTenant(tenantId, ['active'], { provisioningStatus: 'suspended', deadlineAt });
  expect(await checkDeadlines(context)).toEqual([
    {
      severity: 'warning',
      check: 'deadlines',
      code: 'deadline_passed',
      message: `The deadline of tenant ${tenantId}, which is suspended, passed at ${deadlineAt}.`,
      command: 'objectstack sweep',
    },
  ]);
});
