/** Settings that an environment variable and a flag override, in the order of precedence: flag, variable, file. */
export const SETTINGS = {
  bundle: { variable: 'OBJECTSTACK_BUNDLE', flag: '--bundle' },
  dir: { variable: 'OBJECTSTACK_DIR', flag: '--dir' },
  organization: { variable: 'OBJECTSTACK_ORGANIZATION', flag: '--organization' },
  tenant: { variable: 'OBJECTSTACK_TENANT', flag: '--tenant' },
} as const;

/** Variable that names the configuration file. */
export const CONFIG_VARIABLE = 'OBJECTSTACK_CONFIG';

/** Names of the configuration file, in the order in which they are tried. */
export const CONFIG_NAMES = [
  'objectstack.config.ts',
  'objectstack.config.mts',
  'objectstack.config.js',
  'objectstack.config.mjs',
  'objectstack.config.json',
] as const;
