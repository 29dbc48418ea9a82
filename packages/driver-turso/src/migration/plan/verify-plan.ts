import type { AbortOptions } from '@objectstack/spec/contracts';
import {
  type InputIssue,
  ObjectStackError,
  PROTOCOL_VERSION,
  ProtocolVersionSchema,
  runStepsInTurns,
  type Steps,
} from '@objectstack/spec/shared';
import { type MigrationPlan, MigrationPlanSchema } from '@objectstack/spec/system';
import { internDefinition, isValidDefinition } from '../../schema/definition-text.js';
import { freezeDeeplyInSteps } from '../../schema/freeze-deeply.js';
import { mapSteps } from '../../schema/map-steps.js';
import { sameJsonSteps } from '../../schema/same-json-steps.js';
import { addVerifiedPlan, isVerifiedHash, verifiedPlan } from '../diff/verified-plans.js';
import { copySteps } from './copy-steps.js';
import { draftPlan } from './generate-migrations.js';
import { parsePlan } from './parse-plan.js';
import { planHashSteps } from './plan-hash-of.js';

const CHANGED =
  'The plan differs from the plan that its diff leads to: it was changed after it was created. Create it again.';

function invalid(message: string, issues: InputIssue[] = []): ObjectStackError {
  return new ObjectStackError({ code: 'invalid_plan', message, details: { issues } });
}

function* parse(plan: unknown): Steps<MigrationPlan> {
  const parsed = yield* parsePlan(plan);
  if (!Array.isArray(parsed)) return parsed;
  throw invalid('The plan does not match its schema. details.issues lists the violations.', parsed);
}

function assertKnownProtocol(plan: unknown): void {
  const version = (plan as { protocolVersion?: unknown } | null)?.protocolVersion;
  const parsed = ProtocolVersionSchema.safeParse(version);
  if (!parsed.success || Number(parsed.data) <= Number(PROTOCOL_VERSION)) return;
  throw new ObjectStackError({
    code: 'unsupported_protocol_version',
    message: `The plan requires a protocol version newer than ${PROTOCOL_VERSION}. Upgrade this package.`,
    details: { protocolVersion: parsed.data },
  });
}

/** A snapshot of the plan of a caller, without findings and warnings. */
function* copyOf(value: unknown): Steps<unknown> {
  try {
    const copy = yield* copySteps(value);
    if (typeof copy !== 'object' || copy === null) return copy;
    const { findings: _findings, warnings: _warnings, ...content } = copy as Partial<MigrationPlan>;
    return content;
  } catch {
    throw invalid('The plan is not plain JSON. Pass the plan as it was returned or stored.');
  }
}

/** Replaces definitions by their shared copies, for which derived values are cached. */
function* intern(plan: MigrationPlan): Steps<MigrationPlan> {
  const objects = yield* mapSteps(plan.diff.objects, ({ before, after, ...change }) => ({
    ...change,
    ...(before && { before: internDefinition(before) }),
    ...(after && { after: internDefinition(after) }),
  }));
  return { ...plan, diff: yield* freezeDeeplyInSteps({ ...plan.diff, objects }) };
}

/** Generates the plan again from its diff. Any error except `not_supported` means that the diff was changed. */
function* regeneratedPlan({
  diff,
  dialect,
  bundleChecksum: checksum,
  bundleVersion: version,
}: MigrationPlan): Steps<MigrationPlan> {
  const bundle = checksum && version ? { bundle: { checksum, version } } : {};
  try {
    const draft = yield* draftPlan(diff, dialect, bundle);
    return { ...draft, planHash: yield* planHashSteps(draft) };
  } catch (error) {
    if (ObjectStackError.isInstance(error) && error.code === 'not_supported') throw error;
    throw invalid(CHANGED);
  }
}

/** Whether a plan with the same content was verified before. The hash is computed from the present content. */
function* isKnown(plan: Partial<MigrationPlan> | null): Steps<boolean> {
  if (!isVerifiedHash(plan?.planHash ?? '')) return false;
  try {
    return (yield* planHashSteps(plan as MigrationPlan)) === plan?.planHash;
  } catch {
    return false;
  }
}

/** Compares the plan with the one generated from its diff, so that only statements that follow from a diff run. */
function* verifyAnew(value: unknown): Steps<MigrationPlan> {
  assertKnownProtocol(value);
  const copy = yield* copyOf(value);
  if (yield* isKnown(copy as Partial<MigrationPlan> | null))
    return yield* addVerifiedPlan(yield* intern(copy as MigrationPlan));
  const parsed = yield* parse(copy);
  // The parsed plan lacks unknown keys. The copy is compared first, because it keeps the order of keys.
  for (const content of [copy as MigrationPlan, parsed]) {
    const own = yield* intern(content);
    const plan = yield* regeneratedPlan(own);
    if (yield* sameJsonSteps(plan, own)) return yield* addVerifiedPlan(plan);
  }
  throw invalid(CHANGED);
}

const parsedPlans = new WeakSet<MigrationPlan>();

/** Whether the parts of a plan that come from the caller of `diff` are valid. This process generated all others. */
function* isParsed(plan: MigrationPlan): Steps<boolean> {
  if (parsedPlans.has(plan)) return true;
  const { diff } = plan;
  const own = { objects: [], fields: [], indexes: [], tables: [], removed: [], notices: [], drift: [] };
  const rest = { statements: [], preflight: [], drift: [], reversible: true };
  const areValid = yield* mapSteps(diff.objects, ({ after }) => !after || isValidDefinition(after));
  const isValid =
    MigrationPlanSchema.safeParse({ ...plan, ...rest, diff: { ...diff, ...own } }).success &&
    areValid.every(Boolean);
  if (isValid) parsedPlans.add(plan);
  return isValid;
}

/** See {@link ISchemaDiffService.readPlan}. */
export const verifyPlan = async (value: unknown, { signal }: AbortOptions = {}): Promise<MigrationPlan> =>
  runStepsInTurns(verifySteps(value), signal);

function* verifySteps(value: unknown): Steps<MigrationPlan> {
  try {
    const proven = verifiedPlan(value);
    return proven && (yield* isParsed(proven)) ? proven : yield* verifyAnew(value);
  } catch (error) {
    // An error without a code comes from a getter or a proxy of the caller.
    throw ObjectStackError.isInstance(error)
      ? error
      : invalid('The plan cannot be read: one of its properties throws an error.');
  }
}
