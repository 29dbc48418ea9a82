import { COMMAND_GROUPS } from '../commands/command-groups.js';
import type { Action } from '../frame/command.js';
import { usageError } from '../frame/command-error.js';

interface Word {
  /** Words before it, separated by spaces. */
  readonly after: string;
  readonly word: string;
  readonly summary: string;
}

/** Every word that can follow the words before it. */
function completionWords(): Word[] {
  return COMMAND_GROUPS.flatMap(({ name, summary, commands }) => [
    ...(name === null ? [] : [{ after: '', word: name, summary }]),
    ...commands.map((command) => {
      const words = command.name.split(' ');
      return { after: words.slice(0, -1).join(' '), word: words.at(-1) ?? '', summary: command.summary };
    }),
  ]);
}

const byPosition = (words: readonly Word[]): Map<string, string[]> => {
  const positions = new Map<string, string[]>();
  for (const { after, word } of words) positions.set(after, [...(positions.get(after) ?? []), word]);
  return positions;
};

const cases = (words: readonly Word[]): string =>
  [...byPosition(words)].map(([after, next]) => `    "${after}") words="${next.join(' ')}" ;;`).join('\n');

const bash = (words: readonly Word[]): string => `_objectstack() {
  local words=""
  case "\${COMP_WORDS[*]:1:COMP_CWORD-1}" in
${cases(words)}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _objectstack objectstack`;

const zsh = (words: readonly Word[]): string => `#compdef objectstack
_objectstack() {
  local words_=""
  case "\${(j: :)words[2,CURRENT-1]}" in
${cases(words).replaceAll('words=', 'words_=')}
  esac
  compadd -- \${=words_}
}
compdef _objectstack objectstack`;

const quotedForFish = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const fish = (words: readonly Word[]): string =>
  words
    .map(({ after, word, summary }) => {
      const condition = after === '' ? '__fish_use_subcommand' : `__fish_seen_subcommand_from ${after}`;
      return `complete -c objectstack -n '${condition}' -a ${word} -d ${quotedForFish(summary)}`;
    })
    .join('\n');

const SHELLS: Readonly<Record<string, (words: readonly Word[]) => string>> = { bash, zsh, fish };

/** Prints the completion script of a shell. */
export const completion: Action = async (_context, { args: [shell = ''] }) => {
  const script = Object.hasOwn(SHELLS, shell) ? SHELLS[shell] : undefined;
  if (!script) throw usageError(`There is no completion for the shell ${shell}. Use bash, zsh or fish.`);
  const text = script(completionWords());
  return { document: { shell, script: text }, text: () => text };
};
