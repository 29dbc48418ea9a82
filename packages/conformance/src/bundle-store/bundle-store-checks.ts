import { checksById } from '../kit/requirements.js';
import type { BundleStoreCheck } from './bundle-store-check.js';
import { GET_CHECKS } from './get-checks.js';
import { PUT_CHECKS } from './put-checks.js';
import { REMOVE_CHECKS } from './remove-checks.js';
import { UNUSED_CHECKS } from './unused-checks.js';

export const BUNDLE_STORE_CHECKS = checksById<BundleStoreCheck>('bundle-store', {
  put: PUT_CHECKS,
  get: GET_CHECKS,
  unused: UNUSED_CHECKS,
  remove: REMOVE_CHECKS,
});
