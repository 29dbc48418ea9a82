import type { ChangeApps } from '../app-suite.js';
import { WRONG_CHECKS } from './wrong-checks.js';
import { WRONG_INSTALLATIONS } from './wrong-installations.js';
import { WRONG_UNINSTALLATIONS } from './wrong-uninstallations.js';
import { WRONG_UPGRADES } from './wrong-upgrades.js';

/** A service with one deviation. */
export interface WrongApps {
  readonly change: ChangeApps;
  /** Requirements that must fail. */
  readonly breaks: readonly string[];
}

/** Mutants of the service that installs apps, and the requirements that they fail. */
export const WRONG_APPS: Readonly<Record<string, WrongApps>> = {
  ...WRONG_CHECKS,
  ...WRONG_INSTALLATIONS,
  ...WRONG_UPGRADES,
  ...WRONG_UNINSTALLATIONS,
};
