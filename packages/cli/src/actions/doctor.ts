import { validateBundle } from '@objectstack/runtime';
import type { DoctorFinding, DoctorReport } from '@objectstack/spec/system';
import type { Action } from '../frame/command.js';
import type { CommandContext } from '../frame/command-context.js';
import { toCommandError } from '../frame/to-command-error.js';
import { visibleText } from '../output/table.js';

type CheckName = DoctorFinding['check'];
type Check = (context: CommandContext) => Promise<DoctorFinding[]>;

const MOST_TENANTS = 200;

function fromError(check: CheckName, failure: unknown): DoctorFinding {
  const { error, next } = toCommandError(failure);
  const command = next.find((one) => one !== 'objectstack doctor');
  return {
    severity: 'error',
    check,
    code: error.code,
    message: error.message,
    ...(command !== undefined && { command }),
  };
}

/** A project without a bundle is complete: tenants can be managed without one. */
const checkBundle: Check = async (context) => {
  let project: Awaited<ReturnType<CommandContext['project']>>;
  try {
    project = await context.project();
  } catch (failure) {
    return [{ ...fromError('bundle', failure), severity: 'warning' }];
  }
  const { valid, errorCount } = validateBundle(project.value);
  if (valid) return [];
  const message = `The bundle has ${errorCount} errors, so it cannot be deployed.`;
  return [
    { severity: 'error', check: 'bundle', code: 'invalid_bundle', message, command: 'objectstack validate' },
  ];
};

/** What solves a discrepancy between registry and databases. */
const TENANT_COMMANDS: Readonly<Record<string, (tenant: string, database: string) => string>> = {
  database_missing: (tenant) => `objectstack tenants destroy ${tenant} --confirm ${tenant}`,
  tenant_unknown: (_tenant, database) => `objectstack tenants adopt ${database}`,
  database_leftover: () => 'objectstack sweep',
  deployment_missing: (tenant) => `objectstack deploy --tenant ${tenant}`,
  deployment_unknown: (tenant) => `objectstack history --tenant ${tenant}`,
};

const checkTenants: Check = async (context) => {
  const { runtime } = await context.session();
  const found = await runtime.provisioning.inspectTenants();
  return found.map(({ kind, databaseName, tenantId, errorCode }) => {
    const command = TENANT_COMMANDS[kind]?.(tenantId ?? '', databaseName);
    const reason = errorCode === undefined ? '' : ` (${errorCode})`;
    const message = `${kind.replaceAll('_', ' ')}: database ${databaseName}${tenantId === undefined ? '' : `, tenant ${tenantId}`}${reason}`;
    const severity = kind === 'deployment_unknown' ? ('warning' as const) : ('error' as const);
    return {
      severity,
      check: 'tenants' as const,
      code: kind,
      message,
      ...(command !== undefined && { command }),
    };
  });
};

const checkProvisioning: Check = async (context) => {
  const { runtime } = await context.session();
  const { items } = await runtime.tenants.list({ status: 'failed', page: { limit: MOST_TENANTS } });
  return items.map(({ id }) => ({
    severity: 'warning' as const,
    check: 'provisioning' as const,
    code: 'provisioning_failed',
    message: `The provisioning of tenant ${id} failed. Repeat it with the same request key, or destroy the tenant.`,
    command: `objectstack tenants show ${id}`,
  }));
};

const checkDrift: Check = async (context) => {
  const { runtime, dataPlane } = await context.session();
  const { settings } = await context.config();
  const { organization: organizationId } = settings;
  const { items } = await runtime.tenants.list({
    organizationId,
    status: 'active',
    page: { limit: MOST_TENANTS },
  });
  const findings: DoctorFinding[] = [];
  for (const { id } of items) {
    context.signal.throwIfAborted();
    const driver = await runtime.router.getTenantClient(id);
    const drift = dataPlane.schemaDiff.findDrift(await dataPlane.schemaDiff.introspect(driver));
    const [first] = drift;
    if (!first) continue;
    const message = `${drift.length} differences between the tables of tenant ${id} and the deployed ones.`;
    const command = `objectstack drift --tenant ${id} --sql`;
    findings.push({ severity: 'warning', check: 'drift', code: first.code, message, command });
  }
  return findings;
};

/** Checks in the order in which one depends on the others; those after a failed one would only repeat it. */
const CHECKS: readonly (readonly [CheckName, Check, isRequired: boolean])[] = [
  ['configuration', (context) => context.config().then(() => []), true],
  ['bundle', checkBundle, false],
  ['runtime', (context) => context.session().then(() => []), true],
  ['tenants', checkTenants, false],
  ['provisioning', checkProvisioning, false],
  ['drift', checkDrift, false],
];

async function examine(context: CommandContext): Promise<DoctorReport> {
  const report: DoctorReport = { checks: [], findings: [] };
  for (const [name, check, isRequired] of CHECKS) {
    report.checks.push(name);
    try {
      report.findings.push(...(await check(context)));
    } catch (failure) {
      if (context.signal.aborted) throw failure;
      report.findings.push(fromError(name, failure));
      if (isRequired) break;
    }
  }
  return report;
}

/** Checks everything that the other commands need. Changes nothing. */
export const doctor: Action = async (context) => {
  const report = await examine(context);
  const hasErrors = report.findings.some(({ severity }) => severity === 'error');
  return {
    document: report,
    exit: hasErrors ? 'failure' : 'ok',
    text(style) {
      const lines = report.checks.map((name) => {
        const findings = report.findings.filter(({ check }) => check === name);
        if (findings.length === 0) return style.green(`✔ ${name}`);
        return findings
          .map(({ severity, code, message, command }) => {
            const paint = severity === 'error' ? style.red : style.yellow;
            const next = command === undefined ? '' : `\n    Next: ${style.cyan(command)}`;
            return `${paint(`${severity === 'error' ? '✖' : '▲'} ${name}`)}  ${style.dim(code)}\n    ${visibleText(message)}${next}`;
          })
          .join('\n');
      });
      return lines.join('\n');
    },
  };
};
