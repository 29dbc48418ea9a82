import type { SweepReport } from '@objectstack/spec/system';
import type { Action } from '../frame/command.js';
import { table } from '../output/table.js';

/** Runs everything that is due. Idempotent. */
export const sweep: Action = async (context) => {
  const { runtime } = await context.session();
  const { failed, purged, removedTemplates, removedCopies, settledTenants, settled, problems, bundles } =
    await runtime.sweep();
  const report: SweepReport = {
    failed,
    purged,
    removedTemplates,
    removedCopies,
    settledTenants,
    settled,
    removedBundles: bundles.removed,
    problems: [
      ...problems.map((problem) => ({
        subject: 'tenantId' in problem ? problem.tenantId : problem.databaseName,
        code: problem.code,
      })),
      ...(bundles.errorCode === undefined ? [] : [{ subject: 'bundles', code: bundles.errorCode }]),
    ],
  };
  return {
    document: report,
    exit: report.problems.length === 0 ? 'ok' : 'failure',
    text(style) {
      const { problems: failures, ...done } = report;
      const counts = Object.entries(done).map(([what, items]) => [what, items.length]);
      const rows = failures.map(({ subject, code }) => [subject, code]);
      return [
        table(style, ['what', 'count'], counts),
        ...(rows.length > 0 ? [table(style, ['problem', 'code'], rows)] : []),
      ].join('\n\n');
    },
  };
};
