import { isPlainObject } from '../shared/is-plain-object.js';
import { changesOf } from './assert-allowed.js';
import { CHANGE_CODES } from './change-code.zod.js';
import { hasNoChanges } from './deployed-bundle.js';
import type { MigrationPlan } from './migration-plan.zod.js';
import { findingText, planApprovals, planFindings, planRecords } from './plan-records.js';

/** Section of an outline. It has at least one line. */
export interface PlanSection {
  readonly title: string;
  /** The cells of each line: ids, codes and paths, then a sentence. */
  readonly lines: readonly (readonly string[])[];
}

/** Content of a plan for a person. */
export interface PlanOutline {
  readonly heading: string;
  readonly sections: readonly PlanSection[];
}

/** Shown instead of the empty JSON Pointer of the whole bundle. */
const WHOLE_BUNDLE = 'bundle';

type Change = ReturnType<typeof changesOf>[number];

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** A plan can contain stored metadata, whose keys are in canonical order, and metadata as it was written. */
const inOneOrder = (_key: string, value: unknown): unknown =>
  isPlainObject(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** The definition of an object without its fields, whose changes have lines of their own. */
const withoutFields = (definition: object) =>
  JSON.stringify({ ...definition, fields: undefined }, inOneOrder);

/** Whether the change of an object is only the sum of the changes of its fields. */
function isSumOfFields(change: Change, { fields }: MigrationPlan['diff']): boolean {
  if (!('object' in change) || 'field' in change || 'index' in change || change.change !== 'modified')
    return false;
  const { before, after, object } = change;
  return (
    fields.some((field) => field.object === object) &&
    withoutFields(before ?? {}) === withoutFields(after ?? {})
  );
}

const shownChanges = ({ diff }: MigrationPlan) =>
  changesOf(diff).filter((change) => !isSumOfFields(change, diff));

/** Counts such as `missing: 2`; a count of zero is shown for records that would have stopped the plan. */
function countsOf(plan: MigrationPlan): Map<string, string[]> {
  const counts = new Map<string, string[]>();
  for (const { check, rows } of planFindings(plan)) {
    if (!check || (rows === 0 && check.stops === 'never')) continue;
    const kind = check.id.split(':', 1)[0];
    counts.set(check.changeId, [...(counts.get(check.changeId) ?? []), `${kind}: ${rows}`]);
  }
  return counts;
}

function changeLines(plan: MigrationPlan): string[][] {
  const counts = countsOf(plan);
  return shownChanges(plan).map(({ id, risk, code }) => {
    const records = counts.get(id)?.join(', ');
    return [risk, code, id, `${CHANGE_CODES[code]}${records ? ` (${records})` : ''}`];
  });
}

/** One line for each rebuild, whose statements have the same explanation except for their number. */
function rebuildLines({ statements }: MigrationPlan): string[][] {
  const rebuilds = new Map<string, number>();
  for (const { kind, explanation } of statements) {
    if (kind !== 'rebuild_table') continue;
    const text = explanation.replace(/ \(\d+ of \d+\)\.$/, '.');
    rebuilds.set(text, (rebuilds.get(text) ?? 0) + 1);
  }
  return [...rebuilds].map(([text, count]) => [`${text} (${counted(count, 'statement')})`]);
}

function headingOf(plan: MigrationPlan): string {
  const { diff, statements, bundleVersion, reversible, findings } = plan;
  const subject = bundleVersion === undefined ? 'Schema change' : `Version ${bundleVersion}`;
  const rollback = diff.restores ? `, rolls back deployment ${diff.restores.deploymentId}` : '';
  if (hasNoChanges(plan)) return `${subject}: no changes.`;
  const sizes = `${counted(shownChanges(plan).length, 'change')}, ${counted(statements.length, 'statement')}`;
  const undo = reversible ? 'Reversible.' : 'Not reversible.';
  return `${subject}${rollback}: ${sizes}. ${undo}${findings ? '' : ' Records were not counted.'}`;
}

/** The content of a plan in the order in which it is read: lines of plain cells, without formatting. */
export function planOutline(plan: MigrationPlan): PlanOutline {
  const { diff, drift, warnings = [] } = plan;
  const { blocking, affected } = planRecords(plan);
  const sections: PlanSection[] = [
    { title: 'Changes', lines: changeLines(plan) },
    { title: 'Table rebuilds', lines: rebuildLines(plan) },
    { title: 'Prevented by existing records', lines: blocking.map((one) => [findingText(one)]) },
    { title: 'Approval required, by these ids in allow', lines: planApprovals(plan) },
    { title: 'Affected records', lines: affected.map((one) => [findingText(one)]) },
    {
      title: 'Notices',
      lines: diff.notices.map(({ code, object, field, message }) => [
        code,
        field === undefined ? object : `${object}.${field}`,
        message,
      ]),
    },
    {
      title: 'Drift',
      lines: drift.map(({ code, kind, table, name, outcome }) => [code, `${kind}:${table}.${name}`, outcome]),
    },
    {
      title: 'Warnings',
      lines: warnings.map(({ code, path, message, suggestion }) => [
        code,
        path || WHOLE_BUNDLE,
        suggestion === undefined ? message : `${message} (suggestion: ${suggestion})`,
      ]),
    },
  ];
  return { heading: headingOf(plan), sections: sections.filter(({ lines }) => lines.length > 0) };
}
