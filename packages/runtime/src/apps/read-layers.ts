import { isPlainObject, type Steps } from '@objectstack/spec/shared';
import type { DeployBundle } from '@objectstack/spec/system';
import { parseShape } from '../bundle/parse-shape.js';
import { dropSystemFields } from '../bundle/rules/check-system-fields.js';
import { composeBundle } from './compose-bundle.js';
import { setLayers, splitLayers, type TenantLayers } from './tenant-layers.js';

const isComposed = ({ own, apps }: TenantLayers): boolean =>
  apps.length > 0 || (own.objectExtensions?.length ?? 0) > 0;

/** The bundle that a stored value was composed to, with its layers; `undefined` if it is malformed. */
export function* readLayers(value: unknown): Steps<DeployBundle | undefined> {
  if (!isPlainObject(value)) return undefined;
  const split = splitLayers(value);
  if (!split) return undefined;
  const { bundle: own } = yield* parseShape(split.own);
  if (!own) return undefined;
  const layers = { own, apps: split.apps };
  if (!isComposed(layers)) return own;
  const { bundle, issues } = composeBundle(layers);
  if (issues.length > 0) return undefined;
  dropSystemFields(bundle);
  setLayers(bundle, layers);
  return bundle;
}
