import type { ErrorCode } from 'yaml';

/** What is wrong with a text that is not YAML, by the code of the parser, whose own messages quote the text. */
const PROBLEMS: Partial<Record<ErrorCode, string>> = {
  BAD_DIRECTIVE: 'The directive is not supported. Remove it.',
  BAD_DQ_ESCAPE: 'The escape sequence is unknown. Write \\\\ for a backslash, or single quotes.',
  BAD_INDENT: 'The indentation is wrong. Indent the items of one list or object equally.',
  BAD_SCALAR_START: 'A string cannot start with this character. Put it in quotes.',
  BLOCK_AS_IMPLICIT_KEY:
    'A key and its value are on one line with another key. Put each key on its own line, and a string with a colon in double quotes.',
  BLOCK_IN_FLOW: 'Lines with dashes or keys are not allowed within brackets.',
  KEY_OVER_1024_CHARS: 'The key has more than 1,024 characters.',
  MISSING_CHAR: 'A colon, comma, quote or bracket is missing.',
  MULTILINE_IMPLICIT_KEY: 'A key must end on its line. A colon or a quote is probably missing.',
  TAB_AS_INDENT: 'A tab is not allowed as indentation. Write spaces.',
};

/** Sentences about an error of the parser. They quote nothing. */
export const yamlProblem = (code: ErrorCode): string =>
  `The text is not YAML. ${PROBLEMS[code] ?? 'Check the indentation, quotes and brackets here.'}`;
