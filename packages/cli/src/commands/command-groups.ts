import type { CommandGroup } from '../frame/command.js';
import { dataCommands } from './data-commands.js';
import { deploymentCommands } from './deployment-commands.js';
import { generateCommands } from './generate-commands.js';
import { operationCommands } from './operation-commands.js';
import { projectCommands } from './project-commands.js';
import { tenantCommands } from './tenant-commands.js';

/** All commands, in the order of the help. A new group is one file and one line here. */
export const COMMAND_GROUPS: readonly CommandGroup[] = [
  projectCommands,
  deploymentCommands,
  generateCommands,
  tenantCommands,
  dataCommands,
  operationCommands,
];
