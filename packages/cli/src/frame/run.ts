import manifest from '../../package.json' with { type: 'json' };
import { COMMAND_GROUPS } from '../commands/command-groups.js';
import type { CommandDeclaration, CommandInput } from './command.js';
import type { GlobalOptions } from './command-context.js';
import type { Environment } from './environment.js';
import { helpText } from './help-text.js';

type Selected = CommandInput & { readonly globals: GlobalOptions; readonly declaration: CommandDeclaration };

/** Commander ends help and version with an error that reports success. */
const isDone = (error: unknown): boolean =>
  ['commander.helpDisplayed', 'commander.version'].includes(String((error as { code?: unknown }).code));

/**
 * What the plainest requests print: `--version`, and `--help` after the words of a command. They need no parser, and loading
 * one would take longer than answering. Anything else is parsed.
 */
function plainAnswer(argv: readonly string[], { columns }: Environment): string | undefined {
  const [last = ''] = argv.slice(-1);
  const words = argv.slice(0, -1);
  if (words.length === 0 && ['-V', '--version'].includes(last)) return `${manifest.version}\n`;
  return ['-h', '--help'].includes(last) ? helpText(words, columns) : undefined;
}

async function select(argv: readonly string[], environment: Environment): Promise<Selected | undefined> {
  const { buildProgram } = await import('./build-program.js');
  let selected: Selected | undefined;
  const program = buildProgram(environment, (declaration, input) => {
    selected = { ...input, declaration, globals: input.globals as GlobalOptions };
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (isDone(error)) return undefined;
    throw error;
  }
  return selected;
}

async function perform(
  environment: Environment,
  { declaration, globals, args, options }: Selected,
): Promise<number> {
  const [{ createContext }, { createOutput }, { EXIT_CODES }, action] = await Promise.all([
    import('./create-context.js'),
    import('../output/output.js'),
    import('@objectstack/spec/shared'),
    declaration.load(),
  ]);
  const output = createOutput(environment, globals.json === true);
  const context = createContext(environment, output, globals);
  try {
    const result = await action(context, { args, options });
    if (!result) return EXIT_CODES.ok.code;
    const text = output.isJson ? '' : result.text(output.style);
    if (output.isJson) {
      if (result.document !== undefined) await output.writeJson(result.document);
    } else if (text !== '') await output.write(`${text}\n`);
    return EXIT_CODES[result.exit ?? 'ok'].code;
  } finally {
    await context.close();
  }
}

/** The words of the command on a command line that may not be valid. */
function commandOf(argv: readonly string[]): string {
  const words = argv.filter((word) => !word.startsWith('-'));
  const names = COMMAND_GROUPS.flatMap(({ name, commands }) => [
    name ?? '',
    ...commands.map((one) => one.name),
  ]);
  return (
    [words.slice(0, 2), words.slice(0, 1)]
      .map((some) => some.join(' '))
      .find((name) => names.includes(name)) ?? ''
  );
}

async function report(
  environment: Environment,
  failure: unknown,
  { argv, isJson }: { argv: readonly string[]; isJson: boolean },
): Promise<number> {
  const [{ toCommandError }, { errorDocument, errorText }, { createStyle }, { CommandError, interrupted }] =
    await Promise.all([
      import('./to-command-error.js'),
      import('./report-error.js'),
      import('../output/style.js'),
      import('./command-error.js'),
    ]);
  const error = environment.signal.aborted
    ? interrupted(failure instanceof CommandError ? failure.next : [])
    : toCommandError(failure, commandOf(argv));
  const document = errorDocument(error);
  const text = isJson ? JSON.stringify(document) : errorText(createStyle(environment), error);
  environment.stderr.write(`${text}\n`);
  return document.exitCode;
}

/**
 * Runs one command and returns the exit code of the process. Writes the result to standard output, and an error to standard
 * error: as text, or with `--json` as one JSON document. Never rejects.
 */
export async function run(argv: readonly string[], environment: Environment): Promise<number> {
  const answer = plainAnswer(argv, environment);
  if (answer !== undefined) {
    environment.stdout.write(answer);
    return 0;
  }
  let isJson = argv.includes('--json');
  try {
    const selected = await select(argv, environment);
    if (!selected) return 0;
    isJson = selected.globals.json === true;
    return await perform(environment, selected);
  } catch (failure) {
    return report(environment, failure, { argv, isJson });
  }
}
