import type { BundleStoreMutant } from './bundle-store-mutant.js';
import { GET_MUTANTS } from './get-mutants.js';
import { PUT_MUTANTS } from './put-mutants.js';
import { REMOVE_MUTANTS } from './remove-mutants.js';
import { UNUSED_MUTANTS } from './unused-mutants.js';

export const BUNDLE_STORE_MUTANTS: Readonly<Record<string, BundleStoreMutant>> = {
  ...PUT_MUTANTS,
  ...GET_MUTANTS,
  ...UNUSED_MUTANTS,
  ...REMOVE_MUTANTS,
};
