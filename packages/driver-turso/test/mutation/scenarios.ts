import { CHANGE_SCENARIOS } from './change-scenarios.js';
import { DRIFT_SCENARIOS } from './drift-scenarios.js';
import { GUARD_SCENARIOS } from './guard-scenarios.js';
import { REBUILD_SCENARIOS } from './rebuild-scenarios.js';
import { UNDO_SCENARIOS } from './undo-scenarios.js';

/** A compact suite of scenarios; each one throws if a check fails. */
export const SCENARIOS: Readonly<Record<string, () => Promise<void>>> = {
  ...CHANGE_SCENARIOS,
  ...REBUILD_SCENARIOS,
  ...UNDO_SCENARIOS,
  ...GUARD_SCENARIOS,
  ...DRIFT_SCENARIOS,
};
