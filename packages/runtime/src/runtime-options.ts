import type {
  DataPlane,
  DataPlaneDefaults,
  EmbeddedDataPlane,
  IAppRegistry,
  IBundleStore,
  ILogger,
  ISecretSealer,
  ITelemetry,
  ITenantRegistry,
} from '@objectstack/spec/contracts';
import {
  type SeedEnvironment,
  SeedEnvironmentEnum,
  type TenantDatabaseLifecycleInput,
  TenantDatabaseLifecycleSchema,
} from '@objectstack/spec/data';
import { type RuntimeMode, RuntimeModeEnum } from '@objectstack/spec/kernel';
import {
  issuesOf,
  misspelledKey,
  ObjectStackError,
  RETENTION_DAYS,
  summaryOf,
} from '@objectstack/spec/shared';
import {
  BackupRetentionDaysSchema,
  type DeployBundleInput,
  type PlanQuotas,
  PlanQuotasSchema,
  type TenantResolverConfigInput,
} from '@objectstack/spec/system';
import * as z from 'zod';
import type { PublisherKey } from './apps/verify-signature.js';
import { createFileBundleStore } from './bundle/create-file-bundle-store.js';
import { type PoolOptions, PoolOptionsSchema } from './pool/pool-options.js';
import { createDefaultRegistry } from './registry/create-default-registry.js';
import type { Clock } from './shared/clock.js';
import { whileReadingInput } from './shared/while-reading-input.js';

const BUNDLE_GRACE_DAYS = 30;
const BACKUP_RETENTION_DAYS = 30;
const MOST_GRACE_DAYS = 36_500;
const SWEEP_INTERVAL_MS = 60_000;
const SLUG_RESERVATION_MS = 30 * 24 * 60 * 60 * 1_000;

const RequestLimitSchema = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('process'), share: z.number().gt(0).max(1).default(1) }),
  z.strictObject({ mode: z.literal('exact') }),
]);

const RuntimeSettingsSchema = z.object({
  mode: RuntimeModeEnum.default('development'),
  environment: SeedEnvironmentEnum.default('prod'),
  ttlMs: z.int().min(0).optional(),
  destroyGraceMs: z.int().min(0).optional(),
  retentionDays: z.number().min(0).max(RETENTION_DAYS.most).optional(),
  bundleGraceDays: z.number().min(1).max(MOST_GRACE_DAYS).nullable().default(BUNDLE_GRACE_DAYS),
  backupRetentionDays: BackupRetentionDaysSchema.default(BACKUP_RETENTION_DAYS),
  closeTimeoutMs: z.int().min(0).optional(),
  slugReservationMs: z.int().min(0).default(SLUG_RESERVATION_MS),
  lifecycle: TenantDatabaseLifecycleSchema.optional(),
  pool: PoolOptionsSchema.optional(),
  sweepIntervalMs: z.int().min(1_000).default(SWEEP_INTERVAL_MS),
  planQuotas: PlanQuotasSchema.default({}),
  apiRequestLimit: RequestLimitSchema.default({ mode: 'process', share: 1 }),
});
type RuntimeSettings = z.infer<typeof RuntimeSettingsSchema>;

interface CommonOptions {
  /**
   * Purpose of the runtime instance, such as `production`. Passed on to application code in the context of each request;
   * has no effect on the runtime itself. Absent: `development`.
   */
  readonly mode?: RuntimeMode;
  /** Environment of deployments: seed datasets for other environments are not written. Absent: `prod`. */
  readonly environment?: SeedEnvironment;
  /** Maximum delay, in milliseconds, until a change made by another process takes effect in this one. Absent: 5,000. */
  readonly ttlMs?: number;
  /** Grace period, in milliseconds, during which the data of a destroyed tenant is retained. Absent: 72 hours. */
  readonly destroyGraceMs?: number;
  /**
   * Retention window, in days, of everything that a deployment removes or overwrites: fields, objects and values as
   * well as records that its seeds removed or overwrote. Within it, a rollback can restore them. Absent: 7.
   */
  readonly retentionDays?: number;
  /**
   * Grace period, in days, for which an unused bundle that no deployment refers to is retained; a plan
   * can be executed during this time. At least 1; null retains all bundles. Absent: 30.
   */
  readonly bundleGraceDays?: number | null;
  /**
   * Time, in days, for which backups are retained: requested ones without a time of their own, the final backups of destroyed
   * tenants, and the databases that a restore or a move replaced. Null retains them forever. Absent: 30.
   */
  readonly backupRetentionDays?: number | null;
  /**
   * Which parts of an HTTP request select one of the tenants of the session's organization. Absent, or without
   * strategies: the strategy that the data plane is configured with, otherwise the claim `tenant_id` of the access
   * token.
   */
  readonly tenantResolver?: TenantResolverConfigInput;
  /** Maximum time, in milliseconds, for which `close` waits for work in progress. Absent: 5,000. */
  readonly closeTimeoutMs?: number;
  /** Time, in milliseconds, for which a slug that a tenant no longer has stays reserved for it. Absent: 30 days. */
  readonly slugReservationMs?: number;
  /**
   * What happens to databases when tenants are created, suspended and destroyed. Absent: what the data plane is configured
   * with, otherwise the defaults without a final backup. `destroyGraceMs` takes precedence over `gracePeriodHours`.
   */
  readonly lifecycle?: TenantDatabaseLifecycleInput;
  /**
   * Databases that are prepared in the background, so that provisioning a tenant only assigns one to the tenant in a
   * transaction of the registry. A request gets one only if its template and its region are those of the pool, each of
   * which may be absent. Absent: none are prepared.
   */
  readonly pool?: PoolOptions;
  /**
   * Average time, in milliseconds, between two sweeps of a started runtime, which delete what has expired and settle what
   * was interrupted. At least 1,000. Absent: 60,000.
   */
  readonly sweepIntervalMs?: number;
  /**
   * Quotas of the subscription plans, by plan. The quotas that are given for a plan replace all of its default quotas: a
   * quota that is omitted is unlimited. Absent: `TENANT_PLAN_QUOTAS`.
   */
  readonly planQuotas?: PlanQuotas;
  /**
   * How `apiRequestsPerMinute` is enforced. `process`: each process counts its own requests in memory and permits a share
   * of the quota, by default all of it; with three equal processes, set `share` to 1/3. `exact`: all processes count
   * together in the registry, with one write for each request. Absent: `process`.
   */
  readonly apiRequestLimit?:
    | { readonly mode: 'process'; readonly share?: number }
    | { readonly mode: 'exact' };
  readonly clock?: Clock;
  /**
   * Encrypts the access tokens of databases that the registry stores, and the secret settings of apps. Absent: a call that
   * would store one is rejected with `configuration_incomplete`.
   */
  readonly sealer?: ISecretSealer;
  /**
   * Provides the published versions of apps for `apps.install`. Absent: apps can only be installed from their manifests.
   */
  readonly appRegistry?: IAppRegistry;
  /**
   * Public Ed25519 keys of trusted publishers, as JSON Web Keys. If given, every manifest of the app registry must be
   * signed with one of them; any other is rejected with `app_untrusted`. Absent: signatures are not checked.
   */
  readonly publisherKeys?: readonly PublisherKey[];
  /** Destination of log lines, for example a `pino` logger. Absent: none. */
  readonly logger?: ILogger;
  /** Destination of traces and metrics, for example `openTelemetry()`. Absent: none. */
  readonly telemetry?: ITelemetry;
  /**
   * Bundles of the template databases, by the name of the template. `provisionTenant` with `templateName` creates the
   * tenant's database as a copy of the template database, in which the bundle is deployed. A template database is built
   * when it is first needed, and again after its bundle has changed. Apps are installed in each tenant: a bundle with
   * apps, or that extends their objects, is rejected with `configuration_invalid`. Absent: no templates.
   */
  readonly templates?: Readonly<Record<string, DeployBundleInput>>;
}

/** Options with a data plane on a local disk, which has defaults for the other parts. */
export interface EmbeddedRuntimeOptions extends CommonOptions {
  readonly dataPlane: EmbeddedDataPlane;
  readonly registry?: ITenantRegistry;
  readonly bundles?: IBundleStore;
}

/** Options with any other data plane: every part is required. */
export interface ComposedRuntimeOptions extends CommonOptions {
  readonly dataPlane: DataPlane;
  readonly registry: ITenantRegistry;
  readonly bundles: IBundleStore;
}

export type RuntimeOptions = EmbeddedRuntimeOptions | ComposedRuntimeOptions;

export interface RuntimeParts {
  readonly dataPlane: DataPlane;
  readonly registry: ITenantRegistry;
  readonly bundles: IBundleStore;
  readonly sealer?: ISecretSealer | undefined;
}

/** Methods that identify each part, to detect a value of another kind. */
const PART_METHODS = {
  dataPlane: ['createDriver', 'claimDatabase', 'close'],
  registry: ['initialize', 'createTenant', 'getTenant', 'close'],
  bundles: ['put', 'get', 'listUnused', 'removeUnused'],
  clock: ['now'],
  sealer: ['seal', 'open'],
  logger: ['debug', 'info', 'warn', 'error'],
  telemetry: ['observe', 'count'],
  appRegistry: ['listVersions', 'getManifest'],
} as const;

function hasMethods(part: unknown, methods: readonly string[]): boolean {
  if (typeof part !== 'object' || part === null) return false;
  return methods.every((method) => typeof (part as Record<string, unknown>)[method] === 'function');
}

function assertShapes(options: object): void {
  const given = options as Record<string, unknown>;
  const wrong = Object.entries(PART_METHODS).flatMap(([name, methods]) =>
    given[name] === undefined || hasMethods(given[name], methods) ? [] : [name],
  );
  if (wrong.length === 0) return;
  throw new ObjectStackError({
    code: 'configuration_invalid',
    message: `These options of createRuntime lack the methods of their type: ${wrong.join(', ')}. Pass the objects that the packages create.`,
    details: { settings: wrong },
  });
}

const EXAMPLE = ' Pass a data plane, for example tursoLocal({ dir: "./data" }).';

/** All options of `createRuntime`. */
const OPTIONS: readonly string[] = [
  ...Object.keys(RuntimeSettingsSchema.shape),
  ...Object.keys(PART_METHODS),
  'tenantResolver',
  'publisherKeys',
  'templates',
];

function assertSpelled(options: object): void {
  const found = misspelledKey(options, OPTIONS);
  if (!found) return;
  const { key, meant } = found;
  throw new ObjectStackError({
    code: 'configuration_invalid',
    message: `createRuntime has no option ${key}. Did you mean \`${meant}\`?`,
    details: { settings: [key] },
  });
}

/** Copies the options; absent options are an empty object. Throws `configuration_invalid`. */
export function assertRuntimeOptions(options: unknown): RuntimeOptions {
  const given = options ?? {};
  const invalid = () =>
    new ObjectStackError({
      code: 'configuration_invalid',
      message: 'The options of createRuntime must be an object with a dataPlane.',
      details: { settings: [] },
    });
  if (typeof given !== 'object' || Array.isArray(given)) throw invalid();
  const copy = whileReadingInput(invalid, () => ({ ...given }) as RuntimeOptions);
  assertSpelled(copy);
  return copy;
}

const defaultBundles = ({ bundleDirectory }: DataPlaneDefaults, { clock }: Partial<RuntimeOptions>) =>
  createFileBundleStore(bundleDirectory, clock && { clock });

/** The parts of a runtime, by default those of an embedded data plane. Throws `configuration_incomplete`. */
export function partsOf(options: Partial<RuntimeOptions>): RuntimeParts {
  assertShapes(options);
  const { dataPlane } = options;
  const defaults = dataPlane && 'defaults' in dataPlane ? dataPlane.defaults : undefined;
  const registry = options.registry ?? (defaults && createDefaultRegistry(defaults));
  const bundles = options.bundles ?? (defaults && defaultBundles(defaults, options));
  if (dataPlane && registry && bundles) return { dataPlane, registry, bundles, sealer: options.sealer };
  const missing = Object.entries({ dataPlane, registry, bundles }).flatMap(([name, part]) =>
    part ? [] : [name],
  );
  throw new ObjectStackError({
    code: 'configuration_incomplete',
    message: `createRuntime lacks these options: ${missing.join(', ')}.${dataPlane ? '' : EXAMPLE}`,
    details: { missing },
  });
}

/** The settings with their defaults. Throws `configuration_invalid`. */
export function settingsOf(options: RuntimeOptions): RuntimeSettings {
  const given = Object.keys(RuntimeSettingsSchema.shape) as (keyof typeof RuntimeSettingsSchema.shape)[];
  const parsed = RuntimeSettingsSchema.safeParse(Object.fromEntries(given.map((key) => [key, options[key]])));
  if (parsed.success) return parsed.data;
  const issues = issuesOf(parsed.error, { schema: RuntimeSettingsSchema, value: options });
  throw new ObjectStackError({
    code: 'configuration_invalid',
    message: `The options of createRuntime are not valid. ${summaryOf(issues)}`,
    details: { settings: issues.map(({ path }) => path.slice(1).replaceAll('/', '.')), issues },
  });
}
