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
        'Directory of the files, relative to the configuration file. Default: .objectstack.',
      ),
    }),
    z.strictObject({
      kind: z.literal('server').describe('Indicates a self-hosted libSQL server with namespaces.'),
      url: NonEmpty.describe('URL of a database, with `{database}` in place of its name.'),
      adminUrl: NonEmpty.describe('URL of the administrative API.'),
      adminToken: SecretReferenceSchema.optional(),
      sealingKey: SecretReferenceSchema.describe(
        'Reference to the key, 32 bytes in Base64, that encrypts the keys of the databases.',
      ),
      sealingKeyId: NonEmpty.default('cli').describe(
        'Identifier of the key, stored with every secret. Give a new key a new identifier. Default: cli.',
      ),
      earlierSealingKeys: z
        .array(
          z.strictObject({
            id: NonEmpty.describe('Identifier of the key.'),
            key: SecretReferenceSchema.describe('Reference to the key, 32 bytes in Base64.'),
          }),
        )
        .default([])
        .describe(
          'List of earlier keys, which decrypt what the current key does not. The command `keys rotate` makes them unnecessary. Default: none.',
        ),
    }),
    z.strictObject({
      kind: z.literal('cloud').describe('Indicates databases of a group on Turso Cloud.'),
      organizationSlug: NonEmpty.describe('Slug of the Turso organization.'),
      group: NonEmpty.default('default').describe('Name of the group. Default: default.'),
      region: TenantRegionSchema.default('us-east').describe('Region of the group. Default: us-east.'),
      platformToken: SecretReferenceSchema,
      apiUrl: NonEmpty.optional().describe('Base URL of the Platform API. Default: that of Turso Cloud.'),
    }),
  ])
  .describe('Data plane that the command line uses.');
export type CommandLinePlane = z.infer<typeof CommandLinePlaneSchema>;
export type CommandLinePlaneInput = z.input<typeof CommandLinePlaneSchema>;

export const CommandLineRegistrySchema = z
  .strictObject({
    connectionString: SecretReferenceSchema,
  })
  .describe('Registry on PostgreSQL: the environment variable with its connection URL.');
export type CommandLineRegistry = z.infer<typeof CommandLineRegistrySchema>;

export const CommandLineBundlesSchema = z
  .strictObject({
    endpoint: NonEmpty.describe('URL of the S3 API, without the bucket.'),
    region: NonEmpty.describe('Region of the bucket; `auto` for Cloudflare R2.'),
    bucket: NonEmpty.describe('Name of the bucket.'),
    prefix: NonEmpty.optional().describe('Prefix of the keys. Default: bundles.'),
    accessKeyId: SecretReferenceSchema,
    secretAccessKey: SecretReferenceSchema,
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
      'Bundle file, or directory with one file for each component, relative to the configuration file. Default: the directory of the configuration file.',
    ),
    dataPlane: CommandLinePlaneSchema.default({ kind: 'local', dir: '.objectstack' }),
    registry: CommandLineRegistrySchema.optional().describe(
      'Registry. If omitted, a file in the data directory.',
    ),
    bundles: CommandLineBundlesSchema.optional().describe(
      'Bundle store. If omitted, files in the data directory.',
    ),
    dataDirectory: Path.default('.objectstack').describe(
      'Directory of the registry and of the bundles if the data plane is not local. Default: .objectstack.',
    ),
    organization: NonEmpty.max(255)
      .default('default')
      .describe('Organization whose tenants the commands use. Default: default.'),
    tenant: NonEmpty.max(255)
      .optional()
      .describe('Id or slug of the tenant that the commands use. Default: the only tenant.'),
    appRegistry: Path.optional().describe(
      'Directory of published apps, relative to the configuration file. If omitted, apps are installed from their manifests only.',
    ),
    environment: SeedEnvironmentEnum.optional().describe(
      'Environment whose seed datasets are written. Default: prod, and dev for the command `dev`.',
    ),
  })
  .describe('Configuration of the command line: objectstack.config.json or objectstack.config.ts.');
export type CommandLineConfig = z.infer<typeof CommandLineConfigSchema>;
export type CommandLineConfigInput = z.input<typeof CommandLineConfigSchema>;
