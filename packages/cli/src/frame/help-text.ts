import { COMMAND_GROUPS } from '../commands/command-groups.js';
import type { CommandDeclaration, CommandGroup } from './command.js';
import { GLOBAL_OPTIONS } from './global-options.js';

type Row = readonly [term: string, description: string];

const DEFAULT_COLUMNS = 100;
const LEAST_DESCRIPTION = 30;
const HELP: Row = ['-h, --help', 'show the help of the command'];
const VERSION: Row = ['-V, --version', 'print the version'];
const EXIT_CODES =
  'Exit codes: 0 ok, 1 failure, 2 usage, 3 refused, 4 conflict, 5 unreachable, 6 not found, 7 invalid, 130 interrupted';

function wrapped(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function section(title: string, rows: readonly Row[], columns: number): string[] {
  if (rows.length === 0) return [];
  const indent = 4 + Math.max(...rows.map(([term]) => term.length));
  const width = Math.max(LEAST_DESCRIPTION, columns - indent);
  const lines = rows.flatMap(([term, description]) =>
    wrapped(description, width).map((line, index) =>
      index === 0 ? `  ${term.padEnd(indent - 2)}${line}` : ' '.repeat(indent) + line,
    ),
  );
  return [[`${title}:`, ...lines].join('\n')];
}

const optionRows = (
  options: readonly { flags: string; description: string; choices?: readonly string[] }[],
) =>
  options.map(({ flags, description, choices }): Row => {
    const values = choices === undefined ? '' : ` (${choices.join(', ')})`;
    return [flags, description + values];
  });

const examples = (declarations: CommandDeclaration['examples']): string =>
  [
    'Examples:',
    ...declarations.map(({ command, description }) => `  $ objectstack ${command}\n      ${description}`),
  ].join('\n');

const usageOf = ({ name, args = [] }: CommandDeclaration): string =>
  ['objectstack', name, '[options]', ...args.map(([notation]) => notation)].join(' ');

function commandHelp(declaration: CommandDeclaration, columns: number): string[] {
  const { summary, args = [], options = [], output } = declaration;
  const document = output.lines ? `one ${output.schema} in each line` : output.schema;
  return [
    `Usage: ${usageOf(declaration)}`,
    wrapped(summary, columns).join('\n'),
    ...section('Arguments', args, columns),
    ...section('Options', [...optionRows(options), HELP], columns),
    ...section('Global options', optionRows(GLOBAL_OPTIONS), columns),
    examples(declaration.examples),
    `With --json: ${document} (@objectstack/spec)`,
  ];
}

const lastWord = (name: string): string => name.split(' ').at(-1) ?? '';

const commandRows = (commands: readonly CommandDeclaration[]): Row[] =>
  commands.map(({ name, args = [], summary }) => [
    [lastWord(name), ...args.map(([notation]) => notation)].join(' '),
    summary,
  ]);

const groupHelp = ({ name, summary, commands }: CommandGroup, columns: number): string[] => [
  `Usage: objectstack ${name} [options] <command>`,
  summary,
  ...section('Commands', commandRows(commands), columns),
  ...section('Options', [...optionRows(GLOBAL_OPTIONS), HELP], columns),
];

function programHelp(columns: number): string[] {
  const rows = COMMAND_GROUPS.flatMap(({ name, summary, commands }): Row[] =>
    name === null ? commandRows(commands) : [[`${name} <command>`, summary]],
  );
  return [
    'Usage: objectstack [options] <command>',
    'Tenants with databases of their own, deployments and data, from a terminal.',
    ...section('Commands', rows, columns),
    ...section('Options', [...optionRows(GLOBAL_OPTIONS), VERSION, HELP], columns),
    examples([
      { command: 'init crm', description: 'Create a project in the directory crm.' },
      { command: 'dev', description: 'Deploy every change of the project to a local tenant.' },
      { command: 'plan --sql', description: 'Show what a deployment would change.' },
    ]),
    EXIT_CODES,
  ];
}

/** Help of a command, of a group, or with no words of the program; undefined if there is no such command. */
export function helpText(words: readonly string[], columns = DEFAULT_COLUMNS): string | undefined {
  const name = words.join(' ');
  const declaration = COMMAND_GROUPS.flatMap(({ commands }) => commands).find((one) => one.name === name);
  const group = COMMAND_GROUPS.find((one) => one.name === name);
  const parts =
    (declaration && commandHelp(declaration, columns)) ??
    (group && groupHelp(group, columns)) ??
    (words.length === 0 ? programHelp(columns) : undefined);
  return parts && `${parts.join('\n\n')}\n`;
}
