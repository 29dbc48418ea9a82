import type { Requirement } from '@objectstack/conformance';

type Requirements = Readonly<Record<string, Requirement>>;

/** A page of requirements: its introduction, and the table that defines the tests. */
export interface RequirementsPage {
  readonly head: string;
  /** What the requirements of each group ask for. */
  readonly groups: Readonly<Record<string, string>>;
  readonly requirements: Requirements;
}

const isSame = (left: readonly string[], right: readonly string[]) =>
  left.length === right.length && left.every((one) => right.includes(one));

/** Lines of a table. Has a column for required capabilities if any row has one. */
function section(
  { group, meaning }: { group: string; meaning: string },
  requirements: readonly (readonly [string, Requirement])[],
  columns: number,
): string {
  const rows = requirements.map(([id, { behavior, capabilities = [] }]) => [
    `\`${id}\``,
    behavior.replaceAll('|', '\\|'),
    capabilities.map((capability) => `\`${capability}\``).join(', '),
  ]);
  const lines = [['requirement', 'behavior', 'needs'], ...rows].map(
    (cells) => `| ${cells.slice(0, columns).join(' | ')} |`,
  );
  const [head = '', ...body] = lines;
  return [`## ${group}`, '', meaning, '', head, `|${'---|'.repeat(columns)}`, ...body, ''].join('\n');
}

/** The page with all requirements for implementations of a contract. */
export function requirementsPage({ head, groups: meanings, requirements }: RequirementsPage): string {
  const groups = new Map<string, (readonly [string, Requirement])[]>();
  for (const entry of Object.entries(requirements)) {
    const group = entry[0].split('/')[1] ?? '';
    groups.set(group, [...(groups.get(group) ?? []), entry]);
  }
  const columns = Object.values(requirements).some(({ capabilities }) => capabilities) ? 3 : 2;
  if (!isSame([...groups.keys()], Object.keys(meanings)))
    throw new Error(`The groups are ${[...groups.keys()].join(', ')}.`);
  const sections = [...groups].map(([group, entries]) =>
    section({ group, meaning: meanings[group] ?? '' }, entries, columns),
  );
  return [head, ...sections].join('\n');
}
