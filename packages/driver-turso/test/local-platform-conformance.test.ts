import { describeTursoPlatformService } from '@objectstack/conformance';
import { temporaryFolder } from '@objectstack/testing';
import { describe, it } from 'vitest';
import { tursoLocal } from '../src/local/turso-local.js';
import { platformDatabase } from './platform-database.js';

describeTursoPlatformService(
  { describe, it },
  {
    name: 'on local files',
    supports: {
      tokens: false,
      access: true,
      seed: true,
      sizeLimit: true,
      groups: false,
      retention: true,
      pointInTimeGapMs: null,
    },
    create: async () => {
      const plane = tursoLocal({ dir: await temporaryFolder() });
      return {
        platform: plane.platform,
        async open({ name, url }) {
          const connection = { url, databaseName: name };
          if (!(await plane.readTenantMarker(connection))) await plane.claimDatabase(connection, name);
          return platformDatabase(plane.createDriver(connection));
        },
        destroy: () => plane.close(),
      };
    },
  },
);
