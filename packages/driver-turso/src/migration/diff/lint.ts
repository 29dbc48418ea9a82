import type { LintOptions, SchemaVersion } from '@objectstack/spec/contracts';
import { runSteps, type Steps } from '@objectstack/spec/shared';
import {
  CHANGE_CODES,
  type DeployDiff,
  type DeployNoticeCode,
  type LintFinding,
} from '@objectstack/spec/system';
import { desiredSchema } from '../../schema/desired-schema.js';
import { diffSteps } from './diff.js';
import { riskOfCode } from './field-change-code.js';
import { probableRenames } from './renames/rename-notices.js';

type Change = DeployDiff['objects' | 'fields' | 'indexes' | 'components'][number];

/** Safe changes are reported if they break code that uses the old name or type, or make a rule stricter. */
const isReported = ({ risk, code }: Change) => risk !== 'safe' || /^(BC|DD)/.test(code);

/** One finding for the effect on values, one for each rule that is no longer enforced, and one for a missed rename. */
function findingsOf(change: Change, renames: ReadonlyMap<string, string>): LintFinding[] {
  const { code, risk, id: changeId } = change;
  const weakens = 'weakens' in change ? (change.weakens ?? []) : [];
  const missed = risk === 'unproven_rename' ? (['RN401'] as const) : [];
  const codes = [...new Set([code, ...weakens, ...missed])];
  const name = renames.get(changeId);
  const hint = name
    ? ` The added ${name} is similar: if this is a rename, declare it with renamedFrom to preserve the values.`
    : '';
  return codes.map((each) => ({
    code: each,
    risk: each === code && codes.length > 1 && each !== 'RN401' ? riskOfCode(code) : risk,
    changeId,
    ...('object' in change && { object: change.object }),
    ...('field' in change && { field: change.field }),
    message: each === 'DS101' || each === 'DS102' ? `${CHANGE_CODES[each]}${hint}` : CHANGE_CODES[each],
  }));
}

/** Notices about effects on records and code; notices about missing database features are not reported. */
const NOTICES: ReadonlySet<DeployNoticeCode> = new Set([
  'probable_rename',
  'stale_rename_hint',
  'incomplete_rename_hint',
  'backfill_not_used',
  'deletes_cascade',
]);

/** Findings about a diff, the most severe first. */
function* lintDiff({ objects, fields, indexes, components, notices }: DeployDiff): Steps<LintFinding[]> {
  const renames = yield* probableRenames(objects, fields);
  const changes = [...objects, ...fields, ...indexes, ...components]
    .filter(isReported)
    .flatMap((change) => findingsOf(change, renames));
  const reported = notices.filter(({ code }) => NOTICES.has(code));
  const order = ['loses_data', 'weakens_integrity', 'unproven_rename', 'may_fail', 'safe'];
  return [...changes, ...reported.map((notice): LintFinding => ({ ...notice, risk: 'safe' }))].sort(
    (a, b) => order.indexOf(a.risk) - order.indexOf(b.risk),
  );
}

/** See {@link ISchemaDiffService.lint}. */
export function lint(
  before: SchemaVersion,
  after: SchemaVersion,
  { owner }: LintOptions = {},
): LintFinding[] {
  return runSteps(lintSteps(before, after, owner));
}

function* lintSteps(
  before: SchemaVersion,
  after: SchemaVersion,
  owner: string | undefined,
): Steps<LintFinding[]> {
  const current = desiredSchema({ ...before, owner });
  const { objects, components } = after;
  const options = { ...(owner && { owner }), ...(components && { components }) };
  return yield* lintDiff(yield* diffSteps(current, objects, options));
}
