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
        'Directory in which the databases of the tenants are stored, relative to the configuration file. Defaults to .objectstack.',
      ),
    }),
    z.strictObject({
      kind: z.literal('server').describe('Indicates a self-hosted libSQL server with namespaces.'),
      url: NonEmpty.describe(
        "URL of a tenant's database, with `{database}` in place of its name, for example https://{database}.db.example.com.",
      ),
      adminUrl: NonEmpty.describe(
        'URL of the administrative API of the server, for example http://127.0.0.1:9090.',
      ),
      adminToken: SecretReferenceSchema.optional().describe(
        'Reference to the token of the administrative API. If omitted, requests are sent without a token.',
      ),
      sealingKey: SecretReferenceSchema.describe(
        'Reference to a key of 32 bytes in Base64, for example from `openssl rand -base64 32`. It encrypts the keys that sign the access tokens of the databases, and the secret settings of apps.',
      ),
      sealingKeyId: NonEmpty.default('cli').describe(
        'Identifier of the encryption key, stored with every secret that it encrypted. A new key must have a new identifier. Defaults to cli.',
      ),
      earlierSealingKeys: z
        .array(
          z.strictObject({
            id: NonEmpty.describe('Identifier that the earlier key had as `sealingKeyId`.'),
            key: SecretReferenceSchema.describe('Reference to the earlier key, 32 bytes in Base64.'),
          }),
        )
        .default([])
        .describe(
          'List of earlier encryption keys, which decrypt the secrets that were stored before the current key. An earlier key can be removed as soon as the command `keys rotate` reports that no secret needs it. Defaults to none.',
        ),
      backupIntervalSeconds: z
        .number()
        .positive()
        .max(86_400)
        .optional()
        .describe(
          'Interval at which the server backs up writes to S3, in seconds: its `LIBSQL_BOTTOMLESS_BATCH_INTERVAL_SECS`. If omitted, tenants cannot be restored to a point in time.',
        ),
    }),
    z.strictObject({
      kind: z.literal('cloud').describe('Indicates databases of a group on Turso Cloud.'),
      organizationSlug: NonEmpty.describe(
        "Slug of the Turso organization, as it appears in Turso's URLs, for example acme.",
      ),
      group: NonEmpty.default('default').describe(
        'Name of the Turso database group in which databases are created. The group must exist. Defaults to default.',
      ),
      region: TenantRegionSchema.default('us-east').describe(
        'Region that corresponds to the location of the database group. For information only: databases are created where the group is. Defaults to us-east.',
      ),
      platformToken: SecretReferenceSchema.describe(
        'Reference to a token of the Turso Platform API that may create and delete databases in the organization.',
      ),
      apiUrl: NonEmpty.optional().describe(
        'Base URL of the Platform API, for tests against an emulator. Defaults to https://api.turso.tech.',
      ),
    }),
  ])
  .describe(
    'Where the databases of the tenants are stored: in local files, on a self-hosted libSQL server, or on Turso Cloud. Defaults to files in the directory .objectstack.',
  );
export type CommandLinePlane = z.infer<typeof CommandLinePlaneSchema>;
export type CommandLinePlaneInput = z.input<typeof CommandLinePlaneSchema>;

export const CommandLineRegistrySchema = z
  .strictObject({
    connectionString: SecretReferenceSchema.describe(
      'Reference to the connection URL of the PostgreSQL database, which has the form postgres://user:password@host:5432/database.',
    ),
  })
  .describe('Connection to a registry in a PostgreSQL database.');
export type CommandLineRegistry = z.infer<typeof CommandLineRegistrySchema>;

export const CommandLineBundlesSchema = z
  .strictObject({
    endpoint: NonEmpty.describe(
      'URL of the S3 API without the bucket, for example https://s3.eu-central-1.amazonaws.com.',
    ),
    region: NonEmpty.describe('Region of the bucket, for example eu-central-1; `auto` for Cloudflare R2.'),
    bucket: NonEmpty.describe('Name of the bucket, which must exist.'),
    prefix: NonEmpty.optional().describe(
      'Prefix of the keys of the stored objects, without a slash at the end, for a bucket that also contains other objects. Defaults to bundles.',
    ),
    accessKeyId: SecretReferenceSchema.describe(
      'Reference to the access key id of the S3 API, for example { "env": "S3_ACCESS_KEY_ID" }.',
    ),
    secretAccessKey: SecretReferenceSchema.describe(
      'Reference to the secret access key of the S3 API, for example { "env": "S3_SECRET_ACCESS_KEY" }.',
    ),
  })
  .describe('Bundle store on Amazon S3, Cloudflare R2 or a compatible server.');
export type CommandLineBundles = z.infer<typeof CommandLineBundlesSchema>;

export const CommandLineConfigSchema = z
  .strictObject({
    $schema: z
      .string()
      .optional()
      .describe(
        'URL of the JSON Schema that editors validate the file against. Ignored by the command line.',
      ),
    bundle: Path.default('.').describe(
      'Path of the bundle, relative to the configuration file: a JSON, YAML or TypeScript file, or a directory with one file for each object, view, flow and permission set. Defaults to the directory of the configuration file.',
    ),
    dataPlane: CommandLinePlaneSchema.default({ kind: 'local', dir: '.objectstack' }),
    registry: CommandLineRegistrySchema.optional().describe(
      'PostgreSQL database that stores the registry: the tenants, their deployments and the audit log. Defaults to a file in the data directory.',
    ),
    bundles: CommandLineBundlesSchema.optional().describe(
      'S3 bucket that stores the deployed bundles. Defaults to files in the data directory.',
    ),
    dataDirectory: Path.default('.objectstack').describe(
      'Directory of the registry and of the bundles, unless `registry` and `bundles` are given, and of the list of databases of a self-hosted server; relative to the configuration file. Ignored if the data plane is local, which uses its own directory. Defaults to .objectstack.',
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
      'Directory of the app registry, which contains published versions of apps, relative to the configuration file. If omitted, apps can only be installed from the files of their manifests.',
    ),
    environment: SeedEnvironmentEnum.optional().describe(
      'Environment of the deployments: seed datasets for other environments are not written. Defaults to prod, and to dev for the command `dev`.',
    ),
  })
  .describe(
    'Configuration of the command `objectstack`: the content of objectstack.config.json, or the default export of objectstack.config.ts.',
  );
export type CommandLineConfig = z.infer<typeof CommandLineConfigSchema>;
export type CommandLineConfigInput = z.input<typeof CommandLineConfigSchema>;
