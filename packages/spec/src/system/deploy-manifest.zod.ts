import * as z from 'zod';
import {
  ChecksumSchema,
  MachineNameSchema,
  NamespaceSchema,
  SemanticVersionSchema,
} from '../shared/names.zod.js';

const names = (what: string) =>
  z.array(MachineNameSchema).optional().describe(`Names of the ${what}, if listed.`);

export const DeployManifestSchema = z
  .looseObject({
    name: z.string().min(1).max(255).optional().describe('Name that a person sees.'),
    id: z.string().min(1).max(255).optional().describe('Reverse domain name of the application.'),
    namespace: NamespaceSchema.optional(),
    version: SemanticVersionSchema,
    checksum: ChecksumSchema.optional().describe('Checksum of the bundle without this key.'),
    description: z.string().optional().describe('What the application is for.'),
    type: z.string().optional().describe('Carried.'),
    scope: z.string().optional().describe('Carried.'),
    objects: names('objects'),
    views: names('views'),
    flows: names('flows'),
    permissions: names('permission sets'),
    createdAt: z.iso.datetime().optional().describe('When the bundle was made.'),
  })
  .describe('What a bundle is called and holds.');
export type DeployManifest = z.infer<typeof DeployManifestSchema>;
