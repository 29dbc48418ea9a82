import { tursoLocal } from '@objectstack/driver-turso';
import { ObjectStackError } from '@objectstack/spec/shared';
import { createRuntime } from '../src/create-runtime.js';

export interface RegistrationChildInput {
  readonly dir: string;
  /** Request keys of the tenants that the process registers, all at once. */
  readonly requestKeys?: readonly string[];
  /** Reservations of the quota `maxUsers` of a tenant, each of one user, all at once. */
  readonly reservations?: { readonly tenantId: string; readonly count: number };
  /** Whether the process kills itself when it has reserved. */
  readonly killed?: boolean;
}

export interface RegistrationOutcome {
  readonly tenants: readonly {
    readonly requestKey: string;
    readonly tenantId: string;
    readonly status: string;
  }[];
  /** Codes of the reservations that were rejected, and `done` for each other one. */
  readonly reserved: readonly string[];
}

const input: RegistrationChildInput = JSON.parse(process.argv[2] ?? '');
const os = await createRuntime({ dataPlane: tursoLocal({ dir: input.dir }) });
const tenants = await Promise.all(
  (input.requestKeys ?? []).map(async (requestKey) => {
    const { tenantId, status } = await os.provisioning.provisionTenant({ orgId: 'acme', requestKey });
    return { requestKey, tenantId, status };
  }),
);
const { tenantId = '', count = 0 } = input.reservations ?? {};
const reserved = await Promise.all(
  Array.from({ length: count }, () =>
    os.quotas.reserve(tenantId, 'maxUsers', 1, { ttlMs: 3_000 }).then(
      () => 'done',
      (error) => (ObjectStackError.isInstance(error) ? error.code : String(error)),
    ),
  ),
);
process.stdout.write(JSON.stringify({ tenants, reserved } satisfies RegistrationOutcome), () => {
  if (input.killed) process.kill(process.pid, 'SIGKILL');
});
if (!input.killed) await os.close();
