import { Command, Option as CommanderOption } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { COMMAND_GROUPS } from '../commands/command-groups.js';
import type { CommandDeclaration, CommandGroup, CommandInput, Option } from './command.js';
import type { Environment } from './environment.js';
import { GLOBAL_OPTIONS } from './global-options.js';
import { helpText } from './help-text.js';

/** Called with the command that was selected. */
export type Select = (
  declaration: CommandDeclaration,
  input: CommandInput & { readonly globals: Readonly<Record<string, unknown>> },
) => void;

function optionOf({ flags, description, isList, choices }: Option): CommanderOption {
  const option = new CommanderOption(flags, description);
  if (choices) option.choices(choices);
  if (isList)
    option.argParser((value: string, previous: readonly string[] | undefined) => [
      ...(previous ?? []),
      value,
    ]);
  return option;
}

/** Words of a command, without the name of the program. */
const wordsOf = (command: Command): string[] =>
  command.parent ? [...wordsOf(command.parent), command.name()] : [];

function addCommand(parent: Command, declaration: CommandDeclaration, select: Select): void {
  const name = declaration.name.split(' ').at(-1) ?? '';
  const command = parent.command(name).description(declaration.summary);
  for (const [notation, description] of declaration.args ?? []) command.argument(notation, description);
  for (const option of declaration.options ?? []) command.addOption(optionOf(option));
  command.action(() => {
    const args = command.processedArgs as (string | undefined)[];
    select(declaration, { args, options: command.opts(), globals: command.optsWithGlobals() });
  });
}

function addGroup(program: Command, { name, summary, commands }: CommandGroup, select: Select): void {
  const parent = name === null ? program : program.command(name).description(summary);
  for (const declaration of commands) addCommand(parent, declaration, select);
}

/** The commands with their options and help. Nothing runs: `select` is called with the command to run. */
export function buildProgram({ stdout, columns }: Environment, select: Select): Command {
  const program = new Command('objectstack')
    .description('Tenants with databases of their own, deployments and data, from a terminal.')
    .version(manifest.version, '-V, --version', 'print the version')
    .exitOverride()
    .configureHelp({ formatHelp: (command) => helpText(wordsOf(command), columns) ?? '' })
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      // Errors are reported by `run`, in the format that the command line asked for.
      writeErr: () => undefined,
      outputError: () => undefined,
    });
  for (const option of GLOBAL_OPTIONS) program.addOption(optionOf(option));
  for (const group of COMMAND_GROUPS) addGroup(program, group, select);
  return program;
}
