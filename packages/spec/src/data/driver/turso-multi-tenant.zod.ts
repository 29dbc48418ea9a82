import * as z from 'zod';
import { HostedDatabaseUrlSchema } from '../../shared/connection-url.zod.js';
import { SecretReferenceSchema } from '../../shared/secret-reference.zod.js';
import { TENANT_REGION_LOCATIONS, TenantRegionSchema } from '../../shared/tenant-region.zod.js';
import { textLength } from '../../shared/text-length.js';

const URL_TEMPLATE_PATTERN =
  /^(libsql|https|http):\/\/(?:[a-z0-9-]+\.)*[a-z0-9-]*\{tenant_id\}[a-z0-9-]*(?:\.[a-z0-9-]+)*(?::\d{1,5})?\/?$/;
const EXAMPLE_TENANT_ID = 'a'.repeat(26);

const expandsToUrl = (template: string) =>
  HostedDatabaseUrlSchema.safeParse(template.replace('{tenant_id}', EXAMPLE_TENANT_ID)).success;

const flag = (byDefault: boolean, description: string) =>
  z.boolean().default(byDefault).describe(description);

const KNOWN_LOCATIONS: readonly string[] = Object.values(TENANT_REGION_LOCATIONS);

const groupName = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/)
  .describe('Name of the database group: lowercase letters, digits and hyphens, for example default.');

export const TenantResolverStrategyEnum = z
  .enum(['header', 'subdomain', 'path', 'token', 'lookup'])
  .describe(
    'Part of a request that selects the tenant. header: an HTTP header; subdomain: the first label of the host name; path: a path segment; token: a claim of the access token; lookup: the host name, if it is a custom host name of a tenant. Only tenants that the session may access can be selected. TenantResolverConfig configures the parts.',
  );
export type TenantResolverStrategy = z.infer<typeof TenantResolverStrategyEnum>;

export const TursoLocationEnum = z
  .enum(TENANT_REGION_LOCATIONS)
  .describe('Known location code of the Turso Platform API, for example aws-us-east-1.');
export type TursoLocation = z.infer<typeof TursoLocationEnum>;

export const TursoGroupSchema = z
  .strictObject({
    name: groupName,
    region: TenantRegionSchema.optional().describe(
      'Region of the group. Recorded as the region of every tenant, regardless of the region in the request, because databases are created where the group is. Defaults to the region of `primaryLocation`, if it has one.',
    ),
    primaryLocation: z
      .union([
        TursoLocationEnum,
        z
          .string()
          .max(63)
          .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
      ])
      .optional()
      .describe(
        'Location code of the group at Turso, for example aws-us-east-1: one of the listed ones, or one that Turso added later. Determines the region if `region` is omitted. If omitted, the location is that of `region`.',
      ),
    replicaLocations: z
      .array(z.string().check(textLength({ min: 2 })))
      .optional()
      .meta({ deprecated: true })
      .describe('Deprecated: ignored, because Turso no longer supports replicas in other locations.'),
    schemaDatabase: z
      .string()
      .min(1)
      .optional()
      .meta({ deprecated: true })
      .describe(
        'Deprecated: ignored, because Turso no longer supports schema databases; deployments change the schema.',
      ),
  })
  .refine((group) => group.region !== undefined || group.primaryLocation !== undefined, {
    path: ['region'],
    message: 'is required if primaryLocation is absent',
  })
  .refine(
    ({ region, primaryLocation }) =>
      !region ||
      !primaryLocation ||
      TENANT_REGION_LOCATIONS[region] === primaryLocation ||
      !KNOWN_LOCATIONS.includes(primaryLocation),
    { path: ['primaryLocation'], message: 'must not be the location of another region' },
  )
  .describe('Turso database group: databases that share a location and a signing key.');
export type TursoGroup = z.infer<typeof TursoGroupSchema>;

export const TenantDatabaseLifecycleSchema = z
  .strictObject({
    onTenantCreate: z
      .strictObject({
        autoCreate: flag(
          true,
          'Whether the runtime creates the database. If false, the database must be created elsewhere, with the name t- followed by the tenant id; until it exists, provisioning fails and can be retried.',
        ),
        group: groupName
          .optional()
          .describe('Name of the group for the database. Defaults to that of `group` in the configuration.'),
        seedData: flag(
          false,
          'Whether a request without a template name gets a copy of the only template of the runtime, which must then have exactly one. If false, such a request gets a database with the release of its channel or, if there is none, an empty one.',
        ),
        applyGroupSchema: z
          .boolean()
          .optional()
          .meta({ deprecated: true })
          .describe(
            'Deprecated: ignored, because Turso no longer supports schema databases; deployments change the schema.',
          ),
      })
      .prefault({})
      .describe('What happens to the database when a tenant is created.'),
    onTenantDelete: z
      .strictObject({
        immediate: flag(false, 'Whether the data is deleted immediately, without a grace period.'),
        gracePeriodHours: z
          .int()
          .min(0)
          .default(72)
          .describe(
            'Number of hours for which the data of a destroyed tenant is retained before it is permanently deleted. Ignored if `immediate` is true. Defaults to 72.',
          ),
        createBackup: flag(
          true,
          'Whether the database is backed up before the data is permanently deleted. The final backup is a copy on the same data plane, which must be able to copy databases. It is retained for `backupRetentionDays` of the runtime. Defaults to true.',
        ),
      })
      .prefault({})
      .describe('What happens to the database when a tenant is destroyed.'),
    onTenantSuspend: z
      .strictObject({
        readOnly: flag(false, 'Whether the data can still be read; writes are blocked in any case.'),
        revokeTokens: flag(
          false,
          'Whether all access tokens of the database are also revoked, which cannot be undone. Blocking alone already prevents access. Defaults to false.',
        ),
      })
      .prefault({})
      .describe('What happens to the database when a tenant is suspended.'),
  })
  .describe("What happens to a tenant's database when the tenant is created, deleted or suspended.");
export type TenantDatabaseLifecycle = z.infer<typeof TenantDatabaseLifecycleSchema>;
export type TenantDatabaseLifecycleInput = z.input<typeof TenantDatabaseLifecycleSchema>;

export const TursoMultiTenantConfigSchema = z
  .strictObject({
    organizationSlug: z
      .string()
      .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/)
      .describe("Slug of the Turso organization, as it appears in Turso's URLs, for example acme."),
    platformToken: SecretReferenceSchema.optional().describe(
      'Reference to a token of the Turso Platform API, for example { "env": "TURSO_PLATFORM_TOKEN" }. It must be allowed to create and delete databases in the organization, and to issue their access tokens. Can be omitted only if all databases are created elsewhere.',
    ),
    group: TursoGroupSchema.optional().describe(
      'Database group in which new databases are created. The group must exist at Turso. Required if `platformToken` is given.',
    ),
    lifecycle: TenantDatabaseLifecycleSchema.prefault({}),
    tenantResolverStrategy: TenantResolverStrategyEnum.default('token'),
    maxCachedConnections: z
      .int()
      .min(1)
      .default(100)
      .describe(
        'Maximum number of tenants whose database connections are cached in one process. If there are more, the connection that was opened least recently is closed, and opened again when its tenant is next used. Defaults to 100.',
      ),
    connectionCacheTtlMs: z
      .int()
      .min(0)
      .optional()
      .describe('Time for which an unused connection stays cached, in milliseconds. Defaults to 300000.'),
    urlTemplate: z
      .string()
      .max(512)
      .regex(URL_TEMPLATE_PATTERN)
      .refine(expandsToUrl, 'must expand to a valid host')
      .optional()
      .meta({ deprecated: true })
      .describe(
        'Deprecated: the Platform API returns the URL of each database. Only used, with groupAuthToken, for databases that were created elsewhere: for example libsql://{tenant_id}-acme.turso.io. Must contain {tenant_id} exactly once, in the host; it is replaced by the tenant id if the database is named t- followed by the tenant id, and otherwise by the name of the database.',
      ),
    groupAuthToken: SecretReferenceSchema.optional()
      .meta({ deprecated: true })
      .describe(
        'Deprecated: this token grants access to every database of the group. Only used, with urlTemplate, for databases that were created elsewhere.',
      ),
    connectionCacheTTL: z
      .int()
      .min(0)
      .optional()
      .meta({ deprecated: true })
      .describe(
        'Deprecated: use connectionCacheTtlMs. Time for which an unused connection stays cached, in seconds.',
      ),
  })
  .refine((config) => config.platformToken || (config.urlTemplate && config.groupAuthToken), {
    path: ['platformToken'],
    message: 'is required if urlTemplate or groupAuthToken is absent',
  })
  .refine((config) => config.connectionCacheTtlMs === undefined || config.connectionCacheTTL === undefined, {
    path: ['connectionCacheTTL'],
    message: 'must be absent if connectionCacheTtlMs is present',
  })
  .describe('Configuration of a data plane on Turso Cloud with one database per tenant.');
export type TursoMultiTenantConfig = z.infer<typeof TursoMultiTenantConfigSchema>;
export type TursoMultiTenantConfigInput = z.input<typeof TursoMultiTenantConfigSchema>;
