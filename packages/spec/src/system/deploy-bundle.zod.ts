import * as z from 'zod';
import { FlowSchema } from '../automation/flow.zod.js';
import { ObjectDefinitionSchema } from '../data/object.zod.js';
import { ObjectExtensionSchema } from '../data/object-extension.zod.js';
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
export * from './deployment-page.zod.js';
export * from './drift.zod.js';
export * from './lint.zod.js';
export * from './migration-plan.zod.js';
export * from './rollback-result.zod.js';

export const DeployBundleSchema = z
  .looseObject({
    $schema: z
      .string()
      .optional()
      .describe('URL of the JSON Schema that editors validate the file against. Ignored by the runtime.'),
    protocolVersion: ProtocolVersionSchema.default(PROTOCOL_VERSION),
    manifest: DeployManifestSchema,
    objects: z.array(ObjectDefinitionSchema).default([]).describe('List of the objects of the application.'),
    objectExtensions: z
      .array(ObjectExtensionSchema)
      .optional()
      .describe(
        'List of fields, indexes and validation rules that the application adds to objects of installed apps. Defaults to none.',
      ),
    views: z.array(ViewSchema).default([]).describe('List of the views of the application.'),
    flows: z.array(FlowSchema).default([]).describe('List of the flows of the application.'),
    permissions: z
      .array(PermissionSetSchema)
      .default([])
      .describe('List of the permission sets of the application.'),
    seedData: z
      .array(SeedDatasetSchema)
      .default([])
      .describe('List of seed datasets: records that a deployment writes, in this order.'),
  })
  .describe(
    'Deploy bundle: one version of an application, with everything needed to deploy it. Unknown keys are retained.',
  );
export type DeployBundle = z.infer<typeof DeployBundleSchema>;
export type DeployBundleInput = z.input<typeof DeployBundleSchema>;

/** Limits of a bundle; parsing a larger one stops with `bundle_too_large`. */
export const BUNDLE_LIMITS = {
  maxBytes: LIMITS.maxBundleBytes,
  maxDepth: LIMITS.maxBundleDepth,
  maxNodes: LIMITS.maxBundleNodes,
  maxKeys: LIMITS.maxBundleKeys,
} as const;
export type BundleLimits = { readonly [K in keyof typeof BUNDLE_LIMITS]: number };
