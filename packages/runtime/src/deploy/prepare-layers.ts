import { runStepsInTurns, type Steps, toJsonPointer } from '@objectstack/spec/shared';
import type { DeployBundle, DeployValidationIssue, DeployValidationResult } from '@objectstack/spec/system';
import { composeBundle } from '../apps/compose-bundle.js';
import type { CompositionIssue } from '../apps/composition-issue.js';
import { joinLayers, setLayers, type TenantLayers } from '../apps/tenant-layers.js';
import { type CanonicalBundle, canonicalizePlain } from '../bundle/canonical-bundle.js';
import { copyPlainJsonSteps } from '../bundle/copy-plain-json.js';
import { invalidBundle } from '../bundle/invalid-bundle.js';
import { IssueLog } from '../bundle/issue-log.js';
import { parseShape } from '../bundle/parse-shape.js';
import { dropSystemFields } from '../bundle/rules/check-system-fields.js';
import { checkBundleSteps } from '../bundle/validate-bundle.js';
import { withIssues } from '../bundle/with-issues.js';

/** A bundle that can be planned, and the bytes that are stored for it. */
export interface PreparedBundle {
  readonly result: DeployValidationResult;
  /** What the layers are composed to. */
  readonly bundle: DeployBundle;
  readonly canonical: CanonicalBundle;
}

const CODES: Partial<Record<CompositionIssue['code'], DeployValidationIssue['code']>> = {
  extension_target_missing: 'unknown_object',
  name_outside_namespace: 'reserved_name',
};

function toIssue({ app, code, path, message }: CompositionIssue): DeployValidationIssue {
  return {
    severity: 'error',
    path: app === undefined ? toJsonPointer(path) : '',
    code: CODES[code] ?? 'invalid_value',
    message: app === undefined ? message : `The app ${app} does not fit the bundle. ${message}`,
  };
}

/** The tenant's own bundle in the form in which it is a layer. Throws `invalid_bundle` if it has another shape. */
export async function ownLayer(input: unknown, signal?: AbortSignal): Promise<DeployBundle> {
  return runStepsInTurns(ownLayerSteps(input), signal);
}

function* ownLayerSteps(input: unknown): Steps<DeployBundle> {
  const issues = new IssueLog();
  const plain = yield* copyPlainJsonSteps(input, issues);
  if (issues.errorCount > 0) throw invalidBundle(issues.toResult());
  const { bundle: parsed } = yield* parseShape(plain);
  if (!parsed) throw invalidBundle((yield* checkBundleSteps(input)).result);
  const { $schema: _schema, ...own } = parsed as DeployBundle;
  const { checksum, ...manifest } = own.manifest;
  const canonical = yield* canonicalizePlain(withoutSystemFields(own as DeployBundle));
  if (checksum !== undefined && checksum !== canonical.checksum) {
    const message = 'The checksum does not match the content of the bundle. Remove it, or compute it again.';
    issues.error(['manifest', 'checksum'], { code: 'checksum_mismatch', message });
    throw invalidBundle(issues.toResult());
  }
  return { ...own, manifest } as DeployBundle;
}

function withoutSystemFields(bundle: DeployBundle): DeployBundle {
  const copy = { ...bundle };
  dropSystemFields(copy);
  return copy;
}

export interface LayersCheck {
  /** Lists the issues of the composition too. */
  readonly result: DeployValidationResult;
  /** Absent if there is an error. */
  readonly prepared?: PreparedBundle;
  readonly issues: readonly CompositionIssue[];
  /** What the layers are composed to: the paths of the result are those of this bundle. */
  readonly composed: DeployBundle;
}

/** Validates what the layers are composed to. */
export function* prepareLayers(layers: TenantLayers): Steps<LayersCheck> {
  const { bundle: composed, issues } = composeBundle(layers);
  const checked = yield* checkBundleSteps(composed, { isComposed: true });
  const result = withIssues(checked.result, issues.map(toIssue));
  if (!checked.bundle || issues.length > 0) return { result, issues, composed };
  const bundle = Object.freeze({ ...checked.bundle });
  setLayers(bundle, layers);
  const canonical = yield* canonicalizePlain(joinLayers(layers));
  return { result, issues, composed, prepared: { result, bundle, canonical } };
}
