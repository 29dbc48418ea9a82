import type { DoctorFinding, DoctorReport } from '@objectstack/spec/system';
import type { Check } from '../doctor/check.js';
import { checkBundle } from '../doctor/check-bundle.js';
import { checkDeadlines } from '../doctor/check-deadlines.js';
import { checkDrift } from '../doctor/check-drift.js';
import { checkProvisioning } from '../doctor/check-provisioning.js';
import { checkTenants } from '../doctor/check-tenants.js';
import { checkToken } from '../doctor/check-token.js';
import { fromError } from '../doctor/from-error.js';
import type { Action } from '../frame/command.js';
import type { CommandContext } from '../frame/command-context.js';
import { visibleText } from '../output/table.js';

type CheckName = DoctorFinding['check'];

/** Checks in the order in which one depends on the others; those after a failed one would only repeat it. */
const CHECKS: readonly (readonly [CheckName, Check, isRequired: boolean])[] = [
  ['configuration', (context) => context.config().then(() => []), true],
  ['bundle', checkBundle, false],
  ['runtime', (context) => context.session().then(() => []), true],
  ['tenants', checkTenants, false],
  ['token', checkToken, false],
  ['provisioning', checkProvisioning, false],
  ['deadlines', checkDeadlines, false],
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
            const next = `\n    Next: ${style.cyan(command)}`;
            return `${paint(`${severity === 'error' ? '✖' : '▲'} ${name}`)}  ${style.dim(code)}\n    ${visibleText(message)}${next}`;
          })
          .join('\n');
      });
      return lines.join('\n');
    },
  };
};
