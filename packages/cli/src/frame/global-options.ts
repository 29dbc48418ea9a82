import type { Option } from './command.js';

/** Options of every command, in the order of the help. */
export const GLOBAL_OPTIONS: readonly Option[] = [
  {
    flags: '-c, --config <file>',
    description: 'configuration file; default: the closest objectstack.config.* at or above this directory',
  },
  { flags: '--dir <directory>', description: 'data directory, in place of that of the configuration' },
  { flags: '--bundle <path>', description: 'bundle file, or directory with a manifest' },
  {
    flags: '--organization <id>',
    description: 'id of the organization that owns the tenants; default: that of the configuration',
  },
  {
    flags: '-t, --tenant <tenant>',
    description: 'id or slug of the tenant; default: that of the configuration, or the only one',
  },
  { flags: '--json', description: 'print one JSON document, or one in each line, for programs' },
];
