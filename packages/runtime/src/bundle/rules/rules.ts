import type { Rule } from '../rule-context.js';
import { checkFields } from './check-fields.js';
import { checkFlows } from './check-flows.js';
import { checkIndexes } from './check-indexes.js';
import { checkLikelyMistakes } from './check-likely-mistakes.js';
import { checkLimits } from './check-limits.js';
import { checkManifest } from './check-manifest.js';
import { checkMaskingRules } from './check-masking-rules.js';
import { checkNames } from './check-names.js';
import { checkObjectReferences } from './check-object-references.js';
import { checkPermissions } from './check-permissions.js';
import { checkPreviousNames } from './check-previous-names.js';
import { checkSeeds } from './check-seeds.js';
import { checkSystemFields } from './check-system-fields.js';
import { checkViews } from './check-views.js';

/** Rules that every bundle of the right shape is validated against. */
export const RULES: readonly Rule[] = [
  checkLimits,
  checkManifest,
  checkNames,
  checkSystemFields,
  checkPreviousNames,
  checkFields,
  checkLikelyMistakes,
  checkMaskingRules,
  checkIndexes,
  checkObjectReferences,
  checkViews,
  checkFlows,
  checkPermissions,
  checkSeeds,
];
