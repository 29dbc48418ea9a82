import type { CommandGroup } from '../frame/command.js';
import { appCommands } from './app-commands.js';
import { dataCommands } from './data-commands.js';
import { deploymentCommands } from './deployment-commands.js';
import { fleetCommands } from './fleet-commands.js';
import { generateCommands } from './generate-commands.js';
import { keyCommands } from './key-commands.js';
import { operationCommands } from './operation-commands.js';
import { projectCommands } from './project-commands.js';
import { quotaCommands } from './quota-commands.js';
import { tenantCommands } from './tenant-commands.js';

/** All commands, in the order of the help. A new group is one file and one line here. */
export const COMMAND_GROUPS: readonly CommandGroup[] = [
  projectCommands,
  deploymentCommands,
  generateCommands,
  tenantCommands,
  dataCommands,
  fleetCommands,
  appCommands,
  quotaCommands,
  keyCommands,
  operationCommands,
];
