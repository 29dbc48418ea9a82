import { Command, Option as CommanderOption } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { COMMAND_GROUPS } from '../commands/command-groups.js';
import type { CommandDeclaration, CommandGroup, CommandInput, Option } from './command.js';
import type { Environment } from './environment.js';

/** Options of every command, in the order of the help. */
const GLOBAL_OPTIONS: readonly Option[] = [
  { flags: '-c, --config <file>', description: 'configuration file' },
  { flags: '--dir <directory>', description: 'data directory, in place of that of the configuration' },
  { flags: '--bundle <path>', description: 'bundle file, or directory with a manifest' },
  { flags: '--organization <id>', description: 'organization that owns the tenants' },
  { flags: '-t, --tenant <tenant>', description: 'id or slug of the tenant' },
  { flags: '--json', description: 'print one JSON document, or one in each line, for programs' },
];

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

function helpAfter({ examples, output }: CommandDeclaration): string {
  const lines = examples.map(
    ({ command, description }) => `  $ objectstack ${command}\n      ${description}`,
  );
  const document = output.lines ? `one ${output.schema} in each line` : output.schema;
  return `\nExamples:\n${lines.join('\n')}\n\nWith --json: ${document} (@objectstack/spec)`;
}

function addCommand(parent: Command, declaration: CommandDeclaration, select: Select): void {
  const name = declaration.name.split(' ').at(-1) ?? '';
  const command = parent.command(name).description(declaration.summary);
  for (const [notation, description] of declaration.args ?? []) command.argument(notation, description);
  for (const option of declaration.options ?? []) command.addOption(optionOf(option));
  command.addHelpText('after', () => helpAfter(declaration));
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
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      // Errors are reported by `run`, in the format that the command line asked for.
      writeErr: () => undefined,
      outputError: () => undefined,
      getOutHelpWidth: () => columns ?? 100,
      getErrHelpWidth: () => columns ?? 100,
    })
    .addHelpText(
      'after',
      '\nExamples:\n  $ objectstack init crm\n  $ objectstack dev\n  $ objectstack plan --sql\n\nExit codes: 0 ok, 1 failure, 2 usage, 3 refused, 4 conflict, 5 unreachable, 6 not found, 7 invalid, 130 interrupted',
    );
  for (const option of GLOBAL_OPTIONS) program.addOption(optionOf(option));
  for (const group of COMMAND_GROUPS) addGroup(program, group, select);
  return program;
}
