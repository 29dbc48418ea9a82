import type { TursoPlatformCapabilities } from '@objectstack/spec/contracts';
import type { MemoryPlatform } from '../../src/reference/memory-platform.js';
import { ACCESS_MUTANTS } from './access-mutants.js';
import { CREATE_MUTANTS } from './create-mutants.js';
import { DATABASE_MUTANTS } from './database-mutants.js';
import { type PlatformMutant, proto } from './platform-mutant.js';
import { POINT_IN_TIME_MUTANTS } from './point-in-time-mutants.js';
import { SIZE_MUTANTS } from './size-mutants.js';
import { TOKEN_MUTANTS } from './token-mutants.js';

export const PLATFORM_MUTANTS: Readonly<Record<string, PlatformMutant>> = {
  ...CREATE_MUTANTS,
  ...DATABASE_MUTANTS,
  ...TOKEN_MUTANTS,
  ...ACCESS_MUTANTS,
  ...SIZE_MUTANTS,
  ...POINT_IN_TIME_MUTANTS,
  ...Object.fromEntries(
    (['tokens', 'access', 'seed', 'sizeLimit', 'pointInTimeGapMs'] as const).map((capability) => [
      `does not reject calls for ${capability} although it does not support it`,
      {
        breaks: [`denied/${capability}`],
        supports: { [capability]: capability === 'pointInTimeGapMs' ? null : false },
        mutate: (platform: MemoryPlatform) => ({
          assertSupported: (name: keyof TursoPlatformCapabilities) => {
            if (name !== capability) proto.assertSupported.call(platform, name);
          },
        }),
      },
    ]),
  ),
};
