import type { Requirement } from '@objectstack/conformance';

type Requirements = Readonly<Record<string, Requirement>>;

/** A page of requirements: what is said before them, and the table that the tests are made of. */
export interface RequirementsPage {
  readonly head: string;
  readonly requirements: Requirements;
}

/** Lines of a table; what a requirement needs is told where any needs something. */
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

/** A page of everything that an implementation of a contract must do. */
export function requirementsPage({ head, requirements }: RequirementsPage): string {
  const groups = new Map<string, (readonly [string, Requirement])[]>();
  for (const entry of Object.entries(requirements)) {
    const group = entry[0].split('/')[1] ?? '';
    groups.set(group, [...(groups.get(group) ?? []), entry]);
  }
  const columns = Object.values(requirements).some(({ capability }) => capability) ? 3 : 2;
  return [head, ...[...groups].map(([group, entries]) => section(group, entries, columns))].join('\n');
}
