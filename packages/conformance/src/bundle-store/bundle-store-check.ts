import type { Check, Checks } from '../kit/check.js';
import type { BundleStoreTrial } from './bundle-store-trial.js';

export type BundleStoreCheck = Check<BundleStoreTrial>;
export type BundleStoreChecks = Checks<BundleStoreTrial>;

export function must(behavior: string, run: (trial: BundleStoreTrial) => Promise<void>): BundleStoreCheck {
  return { behavior, run };
}

/** The hash of bytes that no check stores. */
export const NEVER_STORED = '0123456789abcdef'.repeat(4);

export const NOT_CHECKSUMS = [
  '',
  '..',
  '../../etc/passwd',
  'a'.repeat(63),
  'A'.repeat(64),
  `${'a'.repeat(64)}\n`,
  `${'a'.repeat(64)}/..`,
];

export const NOT_TIMESTAMPS = ['', 'yesterday', '2026-01-01', '2026-13-01T00:00:00.000Z'];
