import { checksById } from '../kit/requirements.js';
import { ACCESS_CHECKS } from './access-checks.js';
import { CREATE_CHECKS } from './create-checks.js';
import { DELETE_CHECKS } from './delete-checks.js';
import { DENIED_CHECKS } from './denied-checks.js';
import { LIST_CHECKS } from './list-checks.js';
import type { PlatformCheck } from './platform-check.js';
import { POINT_IN_TIME_CHECKS } from './point-in-time-checks.js';
import { SEED_CHECKS } from './seed-checks.js';
import { SIZE_CHECKS, USAGE_CHECKS } from './size-checks.js';
import { REVOKE_CHECKS, TOKEN_CHECKS } from './token-checks.js';

export const TURSO_PLATFORM_CHECKS = checksById<PlatformCheck>('turso-platform', {
  create: CREATE_CHECKS,
  seed: SEED_CHECKS,
  'point-in-time': POINT_IN_TIME_CHECKS,
  list: LIST_CHECKS,
  delete: DELETE_CHECKS,
  token: TOKEN_CHECKS,
  revoke: REVOKE_CHECKS,
  access: ACCESS_CHECKS,
  size: SIZE_CHECKS,
  usage: USAGE_CHECKS,
  denied: DENIED_CHECKS,
});
