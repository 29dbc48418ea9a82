import * as z from 'zod';
import {
  ChecksumSchema,
  MachineNameSchema,
  NamespaceSchema,
  SemanticVersionSchema,
} from '../shared/names.zod.js';
import { textLength } from '../shared/text-length.js';

const Text = z.string();

const Names = z.array(MachineNameSchema).optional();

const names = (what: string) => Names.describe(`Names of the ${what}, if listed.`);

export const DeployManifestSchema = z
  .looseObject({
    name: z
      .string()
      .check(textLength({ min: 1, max: 255 }))
      .optional()
      .describe('Name that a person sees. Carried, not enforced.'),
    id: z
      .string()
      .check(textLength({ min: 1, max: 255 }))
      .optional()
      .describe('Reverse domain name of the application. Carried, not enforced.'),
    namespace: NamespaceSchema.optional().describe('Prefix of an app. Carried, not enforced.'),
    version: SemanticVersionSchema,
    checksum: ChecksumSchema.optional().describe('Checksum of the bundle without this key.'),
    description: Text.optional().describe('What the application is for. Carried, not enforced.'),
    type: Text.optional().describe('Kind of package, such as app. Carried, not enforced.'),
    scope: Text.optional().describe('Where it is installed, such as project. Carried, not enforced.'),
    objects: names('objects'),
    views: names('views'),
    flows: names('flows'),
    permissions: names('permission sets'),
    createdAt: z.iso.datetime().optional().describe('When the bundle was made. Carried, not enforced.'),
  })
  .describe('What a bundle is called and holds.');
export type DeployManifest = z.infer<typeof DeployManifestSchema>;
