import type { Rollout } from './rollout.zod.js';
import type { RolloutTenant } from './rollout-tenant.zod.js';

type Cell = string | number;

function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly Cell[]) =>
    `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''];
}

const section = (title: string, lines: readonly string[]) =>
  lines.length === 0 ? [] : [`## ${title}`, '', ...lines];

function problemCells({ tenantId, state, problem }: RolloutTenant): Cell[] {
  const { code = '', changeId = '', rows = '', samples = [] } = problem ?? {};
  return [tenantId, state, code, changeId, rows, samples.join(', ')];
}

/**
 * The report of a rollout as Markdown. `tenants` are those to list, such as the refused and failed ones. Contains ids of
 * records and no values.
 */
export function formatRollout(rollout: Rollout, tenants: readonly RolloutTenant[] = []): string {
  const { plan, progress } = rollout;
  const facts = [
    [
      'Release',
      `${plan.release} (${plan.appId === undefined ? 'bundle' : `app ${plan.appId}`} ${plan.bundleVersion})`,
    ],
    ['Status', rollout.status],
    ['Tenants', plan.tenants],
    ['Started', rollout.startedAt ?? '-'],
    ['Ended', rollout.endedAt ?? '-'],
  ] as const;
  const lines = [
    `# Rollout ${rollout.id}`,
    '',
    ...table(['Property', 'Value'], facts),
    ...section('Tenants by state', table(['State', 'Tenants'], Object.entries(progress.states))),
    ...section('Failures', table(['Code', 'Tenants'], Object.entries(progress.failures))),
    ...section(
      'Waves',
      table(
        ['Wave', 'Tenants', 'Pending'],
        progress.waves.map(({ wave, tenants: size, pending }) => [wave, size, pending]),
      ),
    ),
    ...section(
      'Plans',
      table(
        ['Base schema', 'Plan', 'Tenants', 'Statements'],
        plan.groups.map((one) => [
          one.baseSchemaHash.slice(0, 12),
          one.planHash.slice(0, 12),
          one.tenants,
          one.statements,
        ]),
      ),
    ),
    ...section(
      'Listed tenants',
      table(['Tenant', 'State', 'Code', 'Change', 'Records', 'Sample ids'], tenants.map(problemCells)),
    ),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}
