import {
  type InputIssue,
  issuesOf,
  ObjectStackError,
  PROTOCOL_VERSION,
  ProtocolVersionSchema,
} from '@objectstack/spec/shared';
import { type MigrationPlan, MigrationPlanSchema } from '@objectstack/spec/system';
import { internDefinition, isValidDefinition } from '../../schema/definition-text.js';
import { isSameJson } from '../../schema/hash.js';
import { isProvenHash, provenPlan, provePlan } from '../diff/proofs.js';
import { draftPlan } from './generate-migrations.js';
import { planHashOf } from './plan-hash.js';

function invalid(message: string, issues: InputIssue[] = []): ObjectStackError {
  return new ObjectStackError({ code: 'invalid_plan', message, details: { issues } });
}

function parse(plan: unknown): MigrationPlan {
  const parsed = MigrationPlanSchema.safeParse(plan);
  if (parsed.success) return parsed.data;
  throw invalid('The plan does not parse.', issuesOf(parsed.error));
}

function assertKnownProtocol(plan: unknown): void {
  const version = (plan as { protocolVersion?: unknown } | null)?.protocolVersion;
  const parsed = ProtocolVersionSchema.safeParse(version);
  if (!parsed.success || Number(parsed.data) <= Number(PROTOCOL_VERSION)) return;
  throw new ObjectStackError({
    code: 'unsupported_protocol_version',
    message: `The plan was made for a newer protocol than version ${PROTOCOL_VERSION}.`,
    details: { protocolVersion: parsed.data },
  });
}

/** What a caller handed in, as it is at this moment, without what was counted and told beside the plan. */
function copyOf(value: unknown): unknown {
  try {
    const copy: unknown = JSON.parse(JSON.stringify(value));
    if (typeof copy !== 'object' || copy === null) return copy;
    const { findings: _findings, warnings: _warnings, ...content } = copy as Partial<MigrationPlan>;
    return content;
  } catch {
    throw invalid('The plan is not plain JSON.');
  }
}

/** Definitions that many plans share, with what is known of them. */
function intern(plan: MigrationPlan): MigrationPlan {
  const objects = plan.diff.objects.map(({ before, after, ...change }) => ({
    ...change,
    ...(before && { before: internDefinition(before) }),
    ...(after && { after: internDefinition(after) }),
  }));
  return { ...plan, diff: { ...plan.diff, objects } };
}

/** The plan that a diff leads to; whatever stops its making besides what is not supported was no diff of a plan. */
function regeneratedPlan({ diff, dialect, bundleChecksum: checksum, bundleVersion: version }: MigrationPlan) {
  const bundle = checksum && version ? { bundle: { checksum, version } } : {};
  try {
    const draft = draftPlan(diff, dialect, bundle);
    return { ...draft, planHash: planHashOf(draft) };
  } catch (error) {
    if (ObjectStackError.isInstance(error) && error.code === 'not_supported') throw error;
    throw invalid('The plan was changed after it was made.');
  }
}

/** Whether its content was looked at in full before: the hash is computed from what is there now. */
function isKnown(plan: Partial<MigrationPlan> | null): plan is MigrationPlan {
  if (!isProvenHash(plan?.planHash ?? '')) return false;
  try {
    return planHashOf(plan as MigrationPlan) === plan?.planHash;
  } catch {
    return false;
  }
}

/** Makes the plan again from its diff, so that no statement runs that a diff did not ask for. */
function verifyPlan(value: unknown): MigrationPlan {
  assertKnownProtocol(value);
  const copy = copyOf(value);
  if (isKnown(copy as Partial<MigrationPlan> | null)) return provePlan(intern(copy as MigrationPlan));
  const parsed = parse(copy);
  // Keys that no plan has are passed over, and the order of the others is kept where there are none.
  for (const content of [copy as MigrationPlan, parsed]) {
    const plan = regeneratedPlan(intern(content));
    if (isSameJson(plan, content)) return provePlan(plan);
  }
  throw invalid('The plan was changed after it was made.');
}

const parsedPlans = new WeakSet<MigrationPlan>();

/** Whether what the caller of a diff brought is what a plan may have; everything else was made from it. */
function isParsed(plan: MigrationPlan): boolean {
  if (parsedPlans.has(plan)) return true;
  const { diff } = plan;
  const own = { objects: [], fields: [], indexes: [], tables: [], removed: [], notices: [], drift: [] };
  const rest = { statements: [], preflight: [], drift: [], reversible: true };
  const isValid =
    MigrationPlanSchema.safeParse({ ...plan, ...rest, diff: { ...diff, ...own } }).success &&
    diff.objects.every(({ after }) => !after || isValidDefinition(after));
  if (isValid) parsedPlans.add(plan);
  return isValid;
}

/** See {@link ISchemaDiffService.readPlan}. */
export function readPlan(value: unknown): MigrationPlan {
  try {
    const proven = provenPlan(value);
    return proven && isParsed(proven) ? proven : verifyPlan(value);
  } catch (error) {
    // An error without a code comes from a getter or a proxy of the caller's.
    throw ObjectStackError.isInstance(error) ? error : invalid('The plan cannot be read.');
  }
}
