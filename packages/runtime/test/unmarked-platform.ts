import type { DataPlane } from '@objectstack/spec/contracts';

/** The data plane with databases that are created without a marker, as on a server, so that each is claimed separately. */
export function withUnmarkedDatabases<Plane extends DataPlane>(dataPlane: Plane): Plane {
  const { platform } = dataPlane;
  const unmarked = Object.create(platform, {
    createDatabase: {
      value: (...[{ tenantId: _, ...request }, options]: Parameters<typeof platform.createDatabase>) =>
        platform.createDatabase(request, options),
    },
  });
  return Object.create(dataPlane, { platform: { value: unmarked } });
}
