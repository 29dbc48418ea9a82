import type { Requirement } from '@objectstack/conformance';

type Requirements = Readonly<Record<string, Requirement>>;

/** A page of requirements: its introduction, and the table that defines the tests. */
export interface RequirementsPage {
  readonly head: string;
  readonly requirements: Requirements;
}

/** Lines of a table. Has a column for required capabilities if any row has one. */
function section(
  group: string,
  requirements: readonly (readonly [string, Requirement])[],
  columns: number,
): string {
  const rows = requirements.map(([id, { behavior, capability }]) => [
    `\`${id}\``,
    behavior.replaceAll('|', '\\|'),
    capability ? `\`${capability}\`` : '',
  ]);
  const lines = [['requirement', 'behavior', 'needs'], ...rows].map(
    (cells) => `| ${cells.slice(0, columns).join(' | ')} |`,
  );
  const [head = '', ...body] = lines;
  return [`## ${group}`, '', head, `|${'---|'.repeat(columns)}`, ...body, ''].join('\n');
}

/** The page with all requirements for implementations of a contract. */
export function requirementsPage({ head, requirements }: RequirementsPage): string {
  const groups = new Map<string, (readonly [string, Requirement])[]>();
  for (const entry of Object.entries(requirements)) {
    const group = entry[0].split('/')[1] ?? '';
    groups.set(group, [...(groups.get(group) ?? []), entry]);
  }
  const columns = Object.values(requirements).some(({ capability }) => capability) ? 3 : 2;
  return [head, ...[...groups].map(([group, entries]) => section(group, entries, columns))].join('\n');
}
