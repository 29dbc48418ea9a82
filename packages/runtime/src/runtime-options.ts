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
  /** What the process runs for. Absent: development. */
  readonly mode?: RuntimeMode;
  /** Environment whose seed sets a deployment writes. Absent: prod. */
  readonly environment?: SeedEnvironment;
  /** How soon, in milliseconds, a change made in another process takes effect here at the latest. Absent: 5,000. */
  readonly ttlMs?: number;
  /** How long, in milliseconds, the data of a destroyed tenant is kept aside. Absent: 72 hours. */
  readonly destroyGraceMs?: number;
  /**
   * How long, in days, everything that a deployment removes or overwrites is retained for a rollback: fields, objects and
   * values as well as records that its seeds removed or overwrote. Absent: 7.
   */
  readonly retentionDays?: number;
  readonly clock?: Clock;
}

/** A data plane on a local disk: the rest has defaults. */
export interface EmbeddedRuntimeOptions extends CommonOptions {
  readonly dataPlane: EmbeddedDataPlane;
  readonly registry?: ITenantRegistry;
  readonly bundles?: IBundleStore;
}

/** Any other data plane: nothing is assumed. */
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

/** Methods by which each part is told from something else that was passed by mistake. */
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
    message: `These options of createRuntime are not what they must be: ${wrong.join(', ')}.`,
    details: { settings: wrong },
  });
}

/** The options, absent ones as none at all; or `configuration_invalid`. */
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

/** The registry in the control database, unless that was lost. */
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

/** The parts of a runtime, those of an embedded data plane by default; or `configuration_incomplete`. */
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
    message: `The runtime is not given: ${missing.join(', ')}.`,
    details: { missing },
  });
}

/** The settings with defaults; or `configuration_invalid`. */
export function settingsOf(options: RuntimeOptions): RuntimeSettings {
  const { mode, environment, ttlMs, destroyGraceMs, retentionDays } = options;
  const parsed = RuntimeSettingsSchema.safeParse({ mode, environment, ttlMs, destroyGraceMs, retentionDays });
  if (parsed.success) return parsed.data;
  throw new ObjectStackError({
    code: 'configuration_invalid',
    message: 'The settings of the runtime are not valid.',
    details: { settings: parsed.error.issues.map((issue) => issue.path.join('.')) },
  });
}
