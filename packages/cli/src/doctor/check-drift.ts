import type { DoctorFinding } from '@objectstack/spec/system';
import { counted } from '../output/counted.js';
import type { Check } from './check.js';

const MOST_TENANTS = 200;

export const checkDrift: Check = async (context) => {
  const { runtime, dataPlane } = await context.session();
  const { settings } = await context.config();
  const { organization: organizationId } = settings;
  const { items, nextCursor } = await runtime.tenants.list({
    organizationId,
    status: 'active',
    page: { limit: MOST_TENANTS },
  });
  const findings: DoctorFinding[] = [];
  if (nextCursor !== null)
    findings.push({
      severity: 'warning',
      check: 'drift',
      code: 'not_checked',
      message: `Only the first ${MOST_TENANTS} active tenants were checked for drift.`,
      command: 'objectstack drift --tenant <tenant>',
    });
  for (const { id } of items) {
    context.signal.throwIfAborted();
    const driver = await runtime.router.getTenantClient(id);
    const drift = dataPlane.schemaDiff.findDrift(await dataPlane.schemaDiff.introspect(driver));
    const [first] = drift;
    if (!first) continue;
    const message = `${counted(drift.length, 'difference')} between the tables of tenant ${id} and the deployed ones.`;
    const command = `objectstack drift --tenant ${id} --sql`;
    findings.push({ severity: 'warning', check: 'drift', code: first.code, message, command });
  }
  return findings;
};
