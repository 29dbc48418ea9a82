import * as z from 'zod';
import { HostedDatabaseUrlSchema } from '../../shared/connection-url.zod.js';
import { SecretReferenceSchema } from '../../shared/secret-reference.zod.js';
import { textLength } from '../../shared/text-length.js';
import { TENANT_REGION_LOCATIONS, TenantRegionSchema } from '../../system/provisioning.zod.js';

const URL_TEMPLATE_PATTERN =
  /^(libsql|https|http):\/\/(?:[a-z0-9-]+\.)*[a-z0-9-]*\{tenant_id\}[a-z0-9-]*(?:\.[a-z0-9-]+)*(?::\d{1,5})?\/?$/;
const EXAMPLE_TENANT_ID = 'a'.repeat(26);

const expandsToUrl = (template: string) =>
  HostedDatabaseUrlSchema.safeParse(template.replace('{tenant_id}', EXAMPLE_TENANT_ID)).success;

const flag = (byDefault: boolean, description: string) =>
  z.boolean().default(byDefault).describe(description);

const groupName = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/)
  .describe('Name of the group: lower-case letters, digits and dashes.');

export const TenantResolverStrategyEnum = z
  .enum(['header', 'subdomain', 'path', 'token', 'lookup'])
  .describe(
    'Where a request says which tenant it means. It only selects among those that the session may reach.',
  );
export type TenantResolverStrategy = z.infer<typeof TenantResolverStrategyEnum>;

export const TursoLocationEnum = z
  .enum(TENANT_REGION_LOCATIONS)
  .describe('Location of Turso, as its platform writes it.');
export type TursoLocation = z.infer<typeof TursoLocationEnum>;

export const TursoGroupSchema = z
  .strictObject({
    name: groupName,
    region: TenantRegionSchema.optional().describe('Region of the tenants. Absent: that of primaryLocation.'),
    primaryLocation: TursoLocationEnum.optional().describe(
      'Location of the databases. Absent: that of region.',
    ),
    replicaLocations: z
      .array(z.string().check(textLength({ min: 2 })))
      .optional()
      .meta({ deprecated: true })
      .describe('Deprecated: Turso has no replicas at other locations any more. Ignored.'),
    schemaDatabase: z
      .string()
      .min(1)
      .optional()
      .meta({ deprecated: true })
      .describe(
        'Deprecated: Turso has no schema databases any more; deployments change the schema. Ignored.',
      ),
  })
  .refine((group) => group.region !== undefined || group.primaryLocation !== undefined, {
    path: ['region'],
    message: 'is needed unless primaryLocation is given',
  })
  .refine(
    ({ region, primaryLocation }) =>
      !region || !primaryLocation || TENANT_REGION_LOCATIONS[region] === primaryLocation,
    { path: ['primaryLocation'], message: 'must be the location of the region' },
  )
  .describe('A group of databases: one location and one signing key.');
export type TursoGroup = z.infer<typeof TursoGroupSchema>;

export const TenantDatabaseLifecycleSchema = z
  .strictObject({
    onTenantCreate: z
      .strictObject({
        autoCreate: flag(true, 'Creates the database. false: it is created elsewhere.'),
        group: groupName
          .optional()
          .describe('Group of the new database. Absent: the one of the configuration.'),
        seedData: flag(false, 'Copies the template database instead of beginning empty.'),
        applyGroupSchema: z
          .boolean()
          .optional()
          .meta({ deprecated: true })
          .describe(
            'Deprecated: Turso has no schema databases any more; deployments change the schema. Ignored.',
          ),
      })
      .prefault({})
      .describe('What happens to the database when a tenant is made.'),
    onTenantDelete: z
      .strictObject({
        immediate: flag(false, 'Deletes the data at once, without the grace period.'),
        gracePeriodHours: z
          .int()
          .min(0)
          .default(72)
          .describe('Hours for which the data of a destroyed tenant is kept. Unused when immediate.'),
        createBackup: flag(true, 'Makes a final copy before the data is deleted for good.'),
      })
      .prefault({})
      .describe('What happens to the database when a tenant is destroyed.'),
    onTenantSuspend: z
      .strictObject({
        readOnly: flag(false, 'Blocks writes only. false: blocks reads too.'),
        revokeTokens: flag(
          false,
          'Also ends every token of the database, which cannot be undone. Blocking alone keeps everybody out.',
        ),
      })
      .prefault({})
      .describe('What happens to the database when a tenant is suspended.'),
  })
  .describe('What the life of a tenant does to its database.');
export type TenantDatabaseLifecycle = z.infer<typeof TenantDatabaseLifecycleSchema>;
export type TenantDatabaseLifecycleInput = z.input<typeof TenantDatabaseLifecycleSchema>;

export const TursoMultiTenantConfigSchema = z
  .strictObject({
    organizationSlug: z
      .string()
      .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/)
      .describe('Organization at Turso, as its URLs have it.'),
    platformToken: SecretReferenceSchema.optional().describe(
      'Token of the Platform API, which creates databases and mints a token for each.',
    ),
    group: TursoGroupSchema.optional().describe('Group of new databases.'),
    lifecycle: TenantDatabaseLifecycleSchema.prefault({}),
    tenantResolverStrategy: TenantResolverStrategyEnum.default('token'),
    maxCachedConnections: z.int().min(1).default(100).describe('Most connections that are kept open.'),
    connectionCacheTtlMs: z
      .int()
      .min(0)
      .optional()
      .describe('How long a connection is kept, in milliseconds. Absent: 300,000.'),
    urlTemplate: z
      .string()
      .max(512)
      .regex(URL_TEMPLATE_PATTERN)
      .refine(expandsToUrl, 'must expand to a valid host')
      .optional()
      .meta({ deprecated: true })
      .describe(
        'Deprecated: the platform tells the URL of a database. Read for databases created elsewhere; has {tenant_id} exactly once, in its host.',
      ),
    groupAuthToken: SecretReferenceSchema.optional()
      .meta({ deprecated: true })
      .describe(
        'Deprecated: this token opens every database of the group. Read for databases created elsewhere.',
      ),
    connectionCacheTTL: z
      .int()
      .min(0)
      .optional()
      .meta({ deprecated: true })
      .describe('Deprecated: the same as connectionCacheTtlMs, in seconds.'),
  })
  .refine((config) => config.platformToken || (config.urlTemplate && config.groupAuthToken), {
    path: ['platformToken'],
    message: 'is needed unless urlTemplate and groupAuthToken are given',
  })
  .refine((config) => config.connectionCacheTtlMs === undefined || config.connectionCacheTTL === undefined, {
    path: ['connectionCacheTTL'],
    message: 'must be absent where connectionCacheTtlMs is given',
  })
  .describe('A database per tenant on Turso Cloud.');
export type TursoMultiTenantConfig = z.infer<typeof TursoMultiTenantConfigSchema>;
export type TursoMultiTenantConfigInput = z.input<typeof TursoMultiTenantConfigSchema>;
