import * as z from 'zod';
import {
  ChecksumSchema,
  MachineNameSchema,
  NamespaceSchema,
  SemanticVersionSchema,
} from '../shared/names.zod.js';
import { storedOnly } from '../shared/stored-only.js';
import { textLength } from '../shared/text-length.js';

const Text = storedOnly(z.string().optional());
const ShortText = storedOnly(
  z
    .string()
    .check(textLength({ min: 1, max: 255 }))
    .optional(),
);

const Names = z.array(MachineNameSchema).default([]);

const names = (what: string) =>
  Names.describe(
    `Names of all ${what} in the bundle. If empty, the names are not checked; otherwise a missing or additional name is an error.`,
  );

export const DeployManifestSchema = z
  .looseObject({
    name: ShortText.describe(
      'Display name of the application, for example Customer management. Stored, not interpreted.',
    ),
    id: ShortText.describe(
      'Identifier of the application in reverse domain notation, for example com.example.crm. Stored, not interpreted.',
    ),
    namespace: storedOnly(NamespaceSchema.optional()).describe(
      "Prefix of the names of the application's objects, if the application is an app. Stored, not interpreted.",
    ),
    version: SemanticVersionSchema.describe('Version of the application (semver.org), for example 1.4.0.'),
    checksum: ChecksumSchema.optional().describe(
      'SHA-256 checksum of the bundle without this property, over its canonical JSON (RFC 8785). If given, it is verified; if omitted, it is computed.',
    ),
    description: Text.describe("Description of the application's purpose. Stored, not interpreted."),
    type: Text.describe('Type of package, for example app. Stored, not interpreted.'),
    scope: Text.describe(
      'Scope in which the package is meant to be installed, for example project. Stored, not interpreted.',
    ),
    objects: names('objects'),
    views: names('views'),
    flows: names('flows'),
    permissions: names('permission sets'),
    createdAt: storedOnly(z.iso.datetime().optional()).describe(
      'Timestamp at which the bundle was created. Stored, not interpreted.',
    ),
  })
  .describe('Manifest: name, version and contents of a bundle.');
export type DeployManifest = z.infer<typeof DeployManifestSchema>;
export type DeployManifestInput = z.input<typeof DeployManifestSchema>;
