import type { DataPlane } from '@objectstack/spec/contracts';
import {
  type InputIssue,
  issuesOf,
  ObjectStackError,
  PROTOCOL_VERSION,
  ProtocolVersionSchema,
} from '@objectstack/spec/shared';
import { type MigrationPlan, MigrationPlanSchema } from '@objectstack/spec/system';
import canonicalize from 'canonicalize';
import { whileReading } from '../shared/while-reading.js';

/** A plan that deploys a bundle. */
export type BundlePlan = MigrationPlan & { bundleChecksum: string; bundleVersion: string };

export function invalidPlan(message: string, issues: InputIssue[] = []): ObjectStackError {
  return new ObjectStackError({ code: 'invalid_plan', message, details: { issues } });
}

function assertKnownProtocol(plan: unknown): void {
  const parsed = ProtocolVersionSchema.safeParse(
    (plan as { protocolVersion?: unknown } | null)?.protocolVersion,
  );
  if (!parsed.success || Number(parsed.data) <= Number(PROTOCOL_VERSION)) return;
  throw new ObjectStackError({
    code: 'unsupported_protocol_version',
    message: `The plan was made for a newer protocol than version ${PROTOCOL_VERSION}.`,
    details: { protocolVersion: parsed.data },
  });
}

/** Throws `invalid_plan` for a plan of a bare schema change. */
function assertDeploysBundle(plan: MigrationPlan): BundlePlan {
  const { bundleChecksum, bundleVersion } = plan;
  if (!bundleChecksum || !bundleVersion) throw invalidPlan('The plan deploys no bundle.');
  return { ...plan, bundleChecksum, bundleVersion };
}

function parsePlan(plan: unknown): BundlePlan {
  const parsed = MigrationPlanSchema.safeParse(plan);
  if (!parsed.success) throw invalidPlan('The plan does not parse.', issuesOf(parsed.error));
  return assertDeploysBundle(parsed.data);
}

/** Nothing for what is not JSON, such as half a surrogate pair. */
function textOf(plan: MigrationPlan): string | undefined {
  const { findings: _findings, warnings: _warnings, ...content } = plan;
  try {
    return canonicalize(content);
  } catch {
    return undefined;
  }
}

/** The plan that a caller hands in, parsed; whatever of it is not what its diff and its bundle lead to is refused. */
export function readPlan({ schemaDiff }: DataPlane, input: unknown): BundlePlan {
  const plan = whileReading(
    () => invalidPlan('The plan cannot be read.'),
    () => {
      assertKnownProtocol(input);
      return parsePlan(input);
    },
  );
  if (plan.diff.restores) throw invalidPlan('The plan is a way back, which rollbackDeployment goes.');
  const { diff, dialect, bundleChecksum: checksum, bundleVersion: version } = plan;
  const text = textOf(plan);
  if (text === undefined) throw invalidPlan('The plan is not plain JSON.');
  const made = schemaDiff.generateMigrations(diff, dialect, { bundle: { checksum, version } });
  if (text !== textOf(made)) throw invalidPlan('The plan was changed after it was made.');
  return plan;
}
