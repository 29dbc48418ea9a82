import type { ExitClass } from '@objectstack/spec/shared';
import type { Style } from '../output/style.js';
import type { CommandContext } from './command-context.js';

/** Values of the arguments and options of a command, as the person wrote them. */
export interface CommandInput {
  readonly args: readonly (string | undefined)[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** What a command found or did: one document, and how it is shown to people. */
export interface CommandResult {
  /** Printed by `--json`. Has the schema that the declaration names. Undefined if the command already printed it. */
  readonly document: unknown;
  /** Text for people, without the last line break. Empty if the command already printed everything. */
  readonly text: (style: Style) => string;
  /** Class of the exit code. Absent: `ok`. */
  readonly exit?: ExitClass;
}

/** Implementation of a command. Without a result, it wrote its output itself. */
export type Action = (context: CommandContext, input: CommandInput) => Promise<CommandResult | undefined>;

export interface Option {
  /** Flags in the notation of commander, such as `--out <file>`. */
  readonly flags: string;
  readonly description: string;
  /** Whether the option can be repeated; its values are a list. */
  readonly isList?: boolean;
  /** The only permitted values. */
  readonly choices?: readonly string[];
}

interface Example {
  /** Command without the name of the program. */
  readonly command: string;
  readonly description: string;
}

/** Everything about a command but its implementation, which is loaded when the command runs. */
export interface CommandDeclaration {
  /** Words of the command, such as `tenants create`. */
  readonly name: string;
  readonly summary: string;
  /** Arguments in the notation of commander, such as `[plan]`, each with its description. */
  readonly args?: readonly (readonly [notation: string, description: string])[];
  readonly options?: readonly Option[];
  readonly examples: readonly Example[];
  /** Name of the schema in `@objectstack/spec` of what `--json` prints; `lines` if it is one document in each line. */
  readonly output: { readonly schema: string; readonly lines?: boolean };
  readonly load: () => Promise<Action>;
}

/** Commands with a common subject, in one file. */
export interface CommandGroup {
  /** First word of the commands, or null if they have none in common. */
  readonly name: string | null;
  readonly summary: string;
  readonly commands: readonly CommandDeclaration[];
}
