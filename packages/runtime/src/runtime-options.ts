import type {
  DataPlane,
  DataPlaneDefaults,
  EmbeddedDataPlane,
  IBundleStore,
  ITenantRegistry,
} from '@objectstack/spec/contracts';
import { type SeedEnvironment, SeedEnvironmentEnum } from '@objectstack/spec/data';
import { type RuntimeMode, RuntimeModeEnum } from '@objectstack/spec/kernel';
import { ObjectStackError, RETENTION_DAYS } from '@objectstack/spec/shared';
import * as z from 'zod';
import { createFileBundleStore } from './bundle/create-file-bundle-store.js';
import { createTenantRegistry } from './registry/create-tenant-registry.js';
import type { Clock } from './shared/clock.js';
import { whileReading } from './shared/while-reading.js';

const RuntimeSettingsSchema = z.object({
  mode: RuntimeModeEnum.default('development'),
  environment: SeedEnvironmentEnum.default('prod'),
  ttlMs: z.int().min(0).optional(),
  destroyGraceMs: z.int().min(0).optional(),
  retentionDays: z.number().min(0).max(RETENTION_DAYS.most).optional(),
});
type RuntimeSettings = z.infer<typeof RuntimeSettingsSchema>;

interface CommonOptions {
  /** Mode of the runtime. Absent: `development`. */
  readonly mode?: RuntimeMode;
  /** Environment whose seed sets a deployment writes. Absent: `prod`. */
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
  readonly clock?: Clock;
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
}

/** Methods that identify each part, to detect a value of another kind. */
const PART_METHODS = {
  dataPlane: ['createDriver', 'claimDatabase', 'close'],
  registry: ['initialize', 'createTenant', 'getTenant', 'close'],
  bundles: ['put', 'get'],
  clock: ['now'],
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
  return whileReading(invalid, () => ({ ...given }) as RuntimeOptions);
}

/** The registry in the control database. `initialize` rejects if that database was lost. */
function defaultRegistry({ controlDatabase, assertControlDatabase }: DataPlaneDefaults): ITenantRegistry {
  const registry = createTenantRegistry(controlDatabase);
  return {
    ...registry,
    async initialize() {
      await assertControlDatabase?.();
      await registry.initialize();
    },
  };
}

/** The parts of a runtime, by default those of an embedded data plane. Throws `configuration_incomplete`. */
export function partsOf(options: Partial<RuntimeOptions>): RuntimeParts {
  assertShapes(options);
  const { dataPlane } = options;
  const defaults = dataPlane && 'defaults' in dataPlane ? dataPlane.defaults : undefined;
  const registry = options.registry ?? (defaults && defaultRegistry(defaults));
  const bundles = options.bundles ?? (defaults && createFileBundleStore(defaults.bundleDirectory));
  if (dataPlane && registry && bundles) return { dataPlane, registry, bundles };
  const missing = Object.entries({ dataPlane, registry, bundles }).flatMap(([name, part]) =>
    part ? [] : [name],
  );
  throw new ObjectStackError({
    code: 'configuration_incomplete',
    message: `createRuntime lacks these options: ${missing.join(', ')}.`,
    details: { missing },
  });
}

/** The settings with their defaults. Throws `configuration_invalid`. */
export function settingsOf(options: RuntimeOptions): RuntimeSettings {
  const { mode, environment, ttlMs, destroyGraceMs, retentionDays } = options;
  const parsed = RuntimeSettingsSchema.safeParse({ mode, environment, ttlMs, destroyGraceMs, retentionDays });
  if (parsed.success) return parsed.data;
  const settings = parsed.error.issues.map((issue) => issue.path.join('.'));
  throw new ObjectStackError({
    code: 'configuration_invalid',
    message: `These settings of createRuntime are not valid: ${settings.join(', ')}.`,
    details: { settings },
  });
}
