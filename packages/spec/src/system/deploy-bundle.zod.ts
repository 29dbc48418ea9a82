import * as z from 'zod';
import { FlowSchema } from '../automation/flow.zod.js';
import { ObjectDefinitionSchema } from '../data/object.zod.js';
import { SeedDatasetSchema } from '../data/seed.zod.js';
import { PermissionSetSchema } from '../security/permission.zod.js';
import { LIMITS } from '../shared/limits.js';
import { PROTOCOL_VERSION, ProtocolVersionSchema } from '../shared/protocol-version.zod.js';
import { ViewSchema } from '../ui/view.zod.js';
import { DeployManifestSchema } from './deploy-manifest.zod.js';

export * from './change-code.zod.js';
export * from './deploy-diff.zod.js';
export * from './deploy-manifest.zod.js';
export * from './deploy-result.zod.js';
export * from './deploy-status.zod.js';
export * from './deploy-validation.zod.js';
export * from './deployment-entry.zod.js';
export * from './drift.zod.js';
export * from './lint.zod.js';
export * from './migration-plan.zod.js';

export const DeployBundleSchema = z
  .looseObject({
    $schema: z
      .string()
      .optional()
      .describe('JSON Schema of the file, for editors; no part of what the file says.'),
    protocolVersion: ProtocolVersionSchema.default(PROTOCOL_VERSION),
    manifest: DeployManifestSchema,
    objects: z.array(ObjectDefinitionSchema).default([]).describe('The kinds of records it brings.'),
    views: z.array(ViewSchema).default([]).describe('Lists and forms.'),
    flows: z.array(FlowSchema).default([]).describe('Automations.'),
    permissions: z.array(PermissionSetSchema).default([]).describe('Permission sets.'),
    seedData: z.array(SeedDatasetSchema).default([]).describe('Records to write, in this order.'),
  })
  .describe('A version of an application: everything that a deployment needs. Unknown keys are kept.');
export type DeployBundle = z.infer<typeof DeployBundleSchema>;
export type DeployBundleInput = z.input<typeof DeployBundleSchema>;

/** Most that a bundle may have; beyond it parsing stops with `bundle_too_large`. */
export const BUNDLE_LIMITS = {
  maxBytes: LIMITS.maxBundleBytes,
  maxDepth: LIMITS.maxBundleDepth,
  maxNodes: LIMITS.maxBundleNodes,
  maxKeys: LIMITS.maxBundleKeys,
} as const;
export type BundleLimits = { readonly [K in keyof typeof BUNDLE_LIMITS]: number };
