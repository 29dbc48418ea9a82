import type { TursoPlatformCapabilities } from '@objectstack/spec/contracts';
import type { Check, Checks } from '../kit/check.js';
import type { PlatformTrial } from './platform-trial.js';

export type PlatformCapability = keyof TursoPlatformCapabilities;
/** A capability is undeclared if it is false or null. */
export const isSupported = (supports: TursoPlatformCapabilities, capability: PlatformCapability): boolean =>
  supports[capability] !== false && supports[capability] !== null;

export type PlatformCheck = Check<PlatformTrial, PlatformCapability>;
export type PlatformChecks = Checks<PlatformTrial, PlatformCapability>;

export function must(behavior: string, run: (trial: PlatformTrial) => Promise<void>): PlatformCheck {
  return { behavior, run };
}

/** Applies to platforms with the capability. */
export function needs(
  capability: PlatformCapability,
  behavior: string,
  run: (trial: PlatformTrial) => Promise<void>,
): PlatformCheck {
  return { behavior, capabilities: [capability], run };
}

/** Names that no platform accepts. */
export const INVALID_NAMES = ['', '..', 'a/b', 'A', 'a.b', 'ä', '-a', 'a b', 'a\0', 'a'.repeat(65)];

export const NEVER_CREATED = 'c-never-created';
