import { Composer, type Document } from 'yaml';
import { locateInYaml } from './locate-in-yaml.js';
import type { ParsedText } from './parsed-text.js';
import { scanYaml } from './scan-yaml.js';
import { limitFailure, type TextLimits, textFailure } from './text-failure.js';
import { TextLines } from './text-lines.js';
import { toJsonValue } from './to-json-value.js';
import { yamlProblem } from './yaml-problem.js';

/** YAML 1.2, core schema. Tags, aliases and duplicate keys are refused by {@link toJsonValue}, without resolving them. */
const OPTIONS = {
  version: '1.2',
  schema: 'core',
  resolveKnownTags: false,
  merge: false,
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const;

/**
 * Parses a text as the subset of YAML that JSON can express. Throws `bundle_too_large`, or `invalid_bundle` with the path,
 * line and column.
 */
export function parseYaml(text: string, limits: TextLimits): ParsedText {
  const lines = new TextLines(text);
  const tokens = scanYaml(text, { limits, lines });
  const document = compose(text, { tokens, limits });
  const [error] = document.errors;
  if (error) {
    const message = yamlProblem(error.code);
    throw textFailure({ code: 'not_yaml', message, place: lines.placeOf(error.pos[0]) });
  }
  return {
    value: toJsonValue(document.contents, { limits, lines }),
    locate: (pointers) => locateInYaml(document.contents, pointers),
  };
}

function compose(
  text: string,
  { tokens, limits }: { tokens: ReturnType<typeof scanYaml>; limits: TextLimits },
): Document.Parsed {
  try {
    for (const document of new Composer(OPTIONS).compose(tokens, true, text.length))
      return document as Document.Parsed;
  } catch (error) {
    // The tokens have few levels, but the composer nests pairs within flow collections in addition.
    if (error instanceof RangeError) throw limitFailure(limits, 'maxDepth');
    throw error;
  }
  throw textFailure({ code: 'not_yaml', message: 'The text has no YAML document.' });
}
