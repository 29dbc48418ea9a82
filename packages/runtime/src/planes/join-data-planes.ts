import type { AbortOptions, CallOptions, DataPlane } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { KeyRotation, TenantConnectionConfig } from '@objectstack/spec/system';
import { JoinedPlatform } from './joined-platform.js';

/** One of several data planes of a runtime. */
export interface JoinedDataPlane {
  /** Name of the data plane, by which `moveTenant` selects it. Never stored. */
  readonly name: string;
  readonly dataPlane: DataPlane;
  /**
   * Whether the connection URL is one of a database of this data plane, for example
   * `(url) => url.startsWith('file:')`. Absent only for the first data plane, which has all other databases.
   */
  readonly owns?: (url: string) => boolean;
}

function invalid(message: string): ObjectStackError {
  return new ObjectStackError({
    code: 'configuration_invalid',
    message: `joinDataPlanes: ${message}`,
    details: { settings: ['planes'] },
  });
}

function assertPlanes(planes: unknown): asserts planes is readonly [JoinedDataPlane, ...JoinedDataPlane[]] {
  if (!Array.isArray(planes) || planes.length === 0) throw invalid('pass a list of data planes.');
  for (const [index, plane] of planes.entries()) {
    const { name, dataPlane, owns } = Object(plane) as Partial<JoinedDataPlane>;
    if (typeof name !== 'string' || name === '') throw invalid('each data plane needs a name.');
    if (typeof dataPlane !== 'object' || dataPlane === null) throw invalid(`${name} has no dataPlane.`);
    if (index > 0 && typeof owns !== 'function')
      throw invalid(`${name} needs the function owns, which recognizes the URLs of its databases.`);
  }
  const names = planes.map(({ name }: JoinedDataPlane) => name);
  if (new Set(names).size < names.length) throw invalid('two data planes have the same name.');
  const [first, ...others] = planes.map(({ dataPlane }: JoinedDataPlane) => dataPlane);
  const isSame = ({ dialect, databaseProvider }: DataPlane) =>
    dialect === first?.dialect && databaseProvider === first.databaseProvider;
  if (!others.every(isSame))
    throw invalid('all data planes must have the same dialect and database provider.');
}

/** Each plane encrypts what it stores with its own sealer. */
async function rotateKeys(planes: readonly DataPlane[], options?: CallOptions): Promise<KeyRotation> {
  let total: KeyRotation = { resealed: 0, remaining: 0 };
  for (const plane of planes) {
    const rotation = await plane.rotateKeys?.(options);
    if (!rotation) continue;
    const { keyId = total.keyId } = rotation;
    total = {
      ...(keyId !== undefined && { keyId }),
      resealed: total.resealed + rotation.resealed,
      remaining: total.remaining + rotation.remaining,
    };
  }
  return total;
}

/**
 * Several data planes as one, so that one runtime serves tenants on all of them and `moveTenant` moves tenants between
 * them. New tenants are created on the first one. Closing it closes all of them.
 *
 * Throws `configuration_invalid`.
 */
export function joinDataPlanes(given: readonly JoinedDataPlane[]): DataPlane {
  assertPlanes(given);
  const planes = given.map((plane) => ({ ...plane }));
  const [first, ...others] = planes as [JoinedDataPlane, ...JoinedDataPlane[]];
  const all = planes.map(({ dataPlane }) => dataPlane);
  const planeOf = ({ url }: TenantConnectionConfig): DataPlane =>
    (others.find(({ owns }) => owns?.(url)) ?? first).dataPlane;
  const { databaseProvider, dialect, schemaDiff, lifecycle, tenantResolverStrategy, driverCache } =
    first.dataPlane;
  return {
    databaseProvider,
    dialect,
    schemaDiff,
    ...(lifecycle && { lifecycle }),
    ...(tenantResolverStrategy && { tenantResolverStrategy }),
    ...(driverCache && { driverCache }),
    dataPlanes: planes.map(({ name }) => name),
    platform: new JoinedPlatform(new Map(planes.map(({ name, dataPlane }) => [name, dataPlane.platform]))),
    createDriver: (connection, settings) => planeOf(connection).createDriver(connection, settings),
    claimDatabase: (connection, tenantId, options) =>
      planeOf(connection).claimDatabase(connection, tenantId, options),
    readTenantMarker: (connection) => planeOf(connection).readTenantMarker(connection),
    ...(all.some((plane) => plane.rotateKeys) && {
      rotateKeys: (options?: CallOptions) => rotateKeys(all, options),
    }),
    async checkHealth(options?: AbortOptions) {
      await Promise.all(
        all.map((plane) => plane.checkHealth?.(options) ?? plane.platform.getDatabase('health-check')),
      );
    },
    async close() {
      await Promise.all(all.map((plane) => plane.close()));
    },
  };
}
