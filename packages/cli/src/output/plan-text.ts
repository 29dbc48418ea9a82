import { changesOf, type MigrationPlan, planApprovals, planOutline } from '@objectstack/spec/system';
import type { Style } from './style.js';
import { visibleText } from './table.js';

const SIGNS = { added: '+', modified: '~', renamed: '~', removed: '-' } as const;

const paint = (style: Style, sign: (typeof SIGNS)[keyof typeof SIGNS]) =>
  ({ '+': style.green, '~': style.yellow, '-': style.red })[sign];

/** Lines of the changes: a sign, the id, the risk, and what it does to the records. */
function changeLines(style: Style, plan: MigrationPlan): string[] {
  const changes = planOutline(plan).sections.find(({ title }) => title === 'Changes')?.lines ?? [];
  const kinds = new Map(changesOf(plan.diff).map(({ id, change }) => [id, SIGNS[change]]));
  const width = Math.max(0, ...changes.map(([, , id = '']) => visibleText(id).length));
  return changes.map(([risk = '', , id = '', text = '']) => {
    const sign = kinds.get(id) ?? '~';
    const label = risk === 'safe' ? style.dim(risk) : style.red(risk);
    return `  ${paint(style, sign)(`${sign} ${visibleText(id).padEnd(width)}`)}  ${label}  ${visibleText(text)}`;
  });
}

/** Sections other than the changes and the approvals. */
function otherSections(style: Style, plan: MigrationPlan): string[] {
  return planOutline(plan)
    .sections.filter(({ title }) => title !== 'Changes' && !title.startsWith('Approval'))
    .map(({ title, lines }) =>
      [style.bold(title), ...lines.map((line) => `  ${line.map(visibleText).join('  ')}`)].join('\n'),
    );
}

function approvalSection(style: Style, plan: MigrationPlan): string[] {
  const approvals = planApprovals(plan);
  if (approvals.length === 0) return [];
  const lines = approvals.map(([id, effects]) => `  --allow ${visibleText(id)}  ${visibleText(effects)}`);
  return [[style.bold('Needs approval'), ...lines].join('\n')];
}

function sqlSection(style: Style, { statements }: MigrationPlan): string[] {
  if (statements.length === 0) return [];
  const lines = statements.map(
    ({ sql, explanation }) => `${style.dim(`-- ${visibleText(explanation)}`)}\n${sql};`,
  );
  return [[style.bold('SQL'), ...lines].join('\n')];
}

/** A plan as a readable difference: `+` added, `~` changed, `-` removed, with risks, affected records and approvals. */
export function planText(style: Style, plan: MigrationPlan, { withSql = false } = {}): string {
  const changes = changeLines(style, plan);
  return [
    visibleText(planOutline(plan).heading),
    ...(changes.length > 0 ? [changes.join('\n')] : []),
    ...otherSections(style, plan),
    ...approvalSection(style, plan),
    ...(withSql ? sqlSection(style, plan) : []),
  ].join('\n\n');
}
