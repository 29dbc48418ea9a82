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

const CHANGED =
  'The plan differs from the plan that its diff leads to: it was changed after it was created. Create it again.';

function invalid(message: string, issues: InputIssue[] = []): ObjectStackError {
  return new ObjectStackError({ code: 'invalid_plan', message, details: { issues } });
}

function parse(plan: unknown): MigrationPlan {
  const parsed = MigrationPlanSchema.safeParse(plan);
  if (parsed.success) return parsed.data;
  throw invalid(
    'The plan does not match its schema. details.issues lists the violations.',
    issuesOf(parsed.error),
  );
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
function copyOf(value: unknown): unknown {
  try {
    const copy: unknown = JSON.parse(JSON.stringify(value));
    if (typeof copy !== 'object' || copy === null) return copy;
    const { findings: _findings, warnings: _warnings, ...content } = copy as Partial<MigrationPlan>;
    return content;
  } catch {
    throw invalid('The plan is not plain JSON. Pass the plan as it was returned or stored.');
  }
}

/** Replaces definitions by their shared copies, for which derived values are cached. */
function intern(plan: MigrationPlan): MigrationPlan {
  const objects = plan.diff.objects.map(({ before, after, ...change }) => ({
    ...change,
    ...(before && { before: internDefinition(before) }),
    ...(after && { after: internDefinition(after) }),
  }));
  return { ...plan, diff: { ...plan.diff, objects } };
}

/** Generates the plan again from its diff. Any error except `not_supported` means that the diff was changed. */
function regeneratedPlan({ diff, dialect, bundleChecksum: checksum, bundleVersion: version }: MigrationPlan) {
  const bundle = checksum && version ? { bundle: { checksum, version } } : {};
  try {
    const draft = draftPlan(diff, dialect, bundle);
    return { ...draft, planHash: planHashOf(draft) };
  } catch (error) {
    if (ObjectStackError.isInstance(error) && error.code === 'not_supported') throw error;
    throw invalid(CHANGED);
  }
}

/** Whether a plan with the same content was verified before. The hash is computed from the present content. */
function isKnown(plan: Partial<MigrationPlan> | null): plan is MigrationPlan {
  if (!isProvenHash(plan?.planHash ?? '')) return false;
  try {
    return planHashOf(plan as MigrationPlan) === plan?.planHash;
  } catch {
    return false;
  }
}

/** Compares the plan with the one generated from its diff, so that only statements that follow from a diff run. */
function verifyPlan(value: unknown): MigrationPlan {
  assertKnownProtocol(value);
  const copy = copyOf(value);
  if (isKnown(copy as Partial<MigrationPlan> | null)) return provePlan(intern(copy as MigrationPlan));
  const parsed = parse(copy);
  // The parsed plan lacks unknown keys. The copy is compared first, because it keeps the order of keys.
  for (const content of [copy as MigrationPlan, parsed]) {
    const plan = regeneratedPlan(intern(content));
    if (isSameJson(plan, content)) return provePlan(plan);
  }
  throw invalid(CHANGED);
}

const parsedPlans = new WeakSet<MigrationPlan>();

/** Whether the parts of a plan that come from the caller of `diff` are valid. This process generated all others. */
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
    // An error without a code comes from a getter or a proxy of the caller.
    throw ObjectStackError.isInstance(error)
      ? error
      : invalid('The plan cannot be read: one of its properties throws an error.');
  }
}
