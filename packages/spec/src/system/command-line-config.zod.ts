import * as z from 'zod';
import { SeedEnvironmentEnum } from '../data/seed.zod.js';
import { SecretReferenceSchema } from '../shared/secret-reference.zod.js';
import { TenantRegionSchema } from '../shared/tenant-region.zod.js';

const NonEmpty = z.string().min(1);
const Path = z.string().min(1).max(4_096);

export const CommandLinePlaneSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('local').describe('Indicates libSQL files in a directory.'),
      dir: Path.default('.objectstack').describe(
        'Directory of the files, relative to the configuration file. Defaults to .objectstack.',
      ),
    }),
    z.strictObject({
      kind: z.literal('server').describe('Indicates a self-hosted libSQL server with namespaces.'),
      url: NonEmpty.describe('URL of a database, with `{database}` in place of its name.'),
      adminUrl: NonEmpty.describe('URL of the administrative API.'),
      adminToken: SecretReferenceSchema.optional().describe(
        'Reference to the token of the administrative API. If omitted, requests to it have no token.',
      ),
      sealingKey: SecretReferenceSchema.describe(
        'Reference to the encryption key, 32 bytes in Base64, that encrypts the signing keys of the databases.',
      ),
      sealingKeyId: NonEmpty.default('cli').describe(
        'Identifier of the encryption key, stored with every secret that it encrypted. A new key must have a new identifier. Defaults to cli.',
      ),
      earlierSealingKeys: z
        .array(
          z.strictObject({
            id: NonEmpty.describe('Identifier of the earlier key.'),
            key: SecretReferenceSchema.describe('Reference to the earlier key, 32 bytes in Base64.'),
          }),
        )
        .default([])
        .describe(
          'List of earlier encryption keys, for secrets that were not encrypted with the current key. They are no longer needed after the command `keys rotate`. Defaults to none.',
        ),
    }),
    z.strictObject({
      kind: z.literal('cloud').describe('Indicates databases of a group on Turso Cloud.'),
      organizationSlug: NonEmpty.describe('Slug of the Turso organization.'),
      group: NonEmpty.default('default').describe('Name of the database group. Defaults to default.'),
      region: TenantRegionSchema.default('us-east').describe(
        'Region of the database group. Defaults to us-east.',
      ),
      platformToken: SecretReferenceSchema.describe('Reference to the token of the Turso Platform API.'),
      apiUrl: NonEmpty.optional().describe(
        'Base URL of the Platform API. Defaults to the URL of Turso Cloud.',
      ),
    }),
  ])
  .describe('Data plane that the command line uses.');
export type CommandLinePlane = z.infer<typeof CommandLinePlaneSchema>;
export type CommandLinePlaneInput = z.input<typeof CommandLinePlaneSchema>;

export const CommandLineRegistrySchema = z
  .strictObject({
    connectionString: SecretReferenceSchema.describe(
      'Reference to the connection URL of the PostgreSQL database, which contains its credentials.',
    ),
  })
  .describe('Registry on PostgreSQL.');
export type CommandLineRegistry = z.infer<typeof CommandLineRegistrySchema>;

export const CommandLineBundlesSchema = z
  .strictObject({
    endpoint: NonEmpty.describe('URL of the S3 API, without the bucket.'),
    region: NonEmpty.describe('Region of the bucket; `auto` for Cloudflare R2.'),
    bucket: NonEmpty.describe('Name of the bucket.'),
    prefix: NonEmpty.optional().describe('Prefix of the object keys in the bucket. Defaults to bundles.'),
    accessKeyId: SecretReferenceSchema.describe('Reference to the access key id.'),
    secretAccessKey: SecretReferenceSchema.describe('Reference to the secret access key.'),
  })
  .describe('Bundle store on Amazon S3, Cloudflare R2 or a compatible server.');
export type CommandLineBundles = z.infer<typeof CommandLineBundlesSchema>;

export const CommandLineConfigSchema = z
  .strictObject({
    $schema: z
      .string()
      .optional()
      .describe('URL of the JSON Schema that editors validate the file against. Ignored.'),
    bundle: Path.default('.').describe(
      'Bundle file, or directory with one file for each component, relative to the configuration file. Defaults to the directory of the configuration file.',
    ),
    dataPlane: CommandLinePlaneSchema.default({ kind: 'local', dir: '.objectstack' }),
    registry: CommandLineRegistrySchema.optional().describe(
      'Where the registry is stored. Defaults to a file in the data directory.',
    ),
    bundles: CommandLineBundlesSchema.optional().describe(
      'Where bundles are stored. Defaults to files in the data directory.',
    ),
    dataDirectory: Path.default('.objectstack').describe(
      'Directory of the registry and of the bundles, relative to the configuration file; ignored if the data plane is local. Defaults to .objectstack.',
    ),
    organization: NonEmpty.max(255)
      .default('default')
      .describe('Identifier of the organization whose tenants the commands use. Defaults to default.'),
    tenant: NonEmpty.max(255)
      .optional()
      .describe(
        'Id or slug of the tenant that the commands use. Defaults to the tenant of the organization, if it has exactly one.',
      ),
    appRegistry: Path.optional().describe(
      'Directory of published apps, relative to the configuration file. If omitted, apps are installed from their manifests only.',
    ),
    environment: SeedEnvironmentEnum.optional().describe(
      'Environment whose seed datasets are written. Defaults to prod, and to dev for the command `dev`.',
    ),
  })
  .describe('Configuration of the command line: objectstack.config.json or objectstack.config.ts.');
export type CommandLineConfig = z.infer<typeof CommandLineConfigSchema>;
export type CommandLineConfigInput = z.input<typeof CommandLineConfigSchema>;
