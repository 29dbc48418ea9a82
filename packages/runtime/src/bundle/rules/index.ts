import type { Rule } from '../rule-context.js';
import { checkFields } from './fields.js';
import { checkFlows } from './flows.js';
import { checkFormerNames } from './former-names.js';
import { checkIndexes } from './indexes.js';
import { checkLimits } from './limits.js';
import { checkManifest } from './manifest.js';
import { checkNames } from './names.js';
import { checkObjectReferences } from './object-references.js';
import { checkPermissions } from './permissions.js';
import { checkSeeds } from './seeds.js';
import { checkSystemFields } from './system-fields.js';
import { checkViews } from './views.js';

/** Every rule about a bundle whose shape is right. */
export const RULES: readonly Rule[] = [
  checkLimits,
  checkManifest,
  checkNames,
  checkSystemFields,
  checkFormerNames,
  checkFields,
  checkIndexes,
  checkObjectReferences,
  checkViews,
  checkFlows,
  checkPermissions,
  checkSeeds,
];
