import { ObjectStackError } from '@objectstack/spec/shared';
import { BUNDLE_LIMITS, type BundleLimits } from '@objectstack/spec/system';
import { locateInJson } from './locate-in-json.js';
import { parseYaml } from './parse-yaml.js';
import type { ParsedText } from './parsed-text.js';
import { scanJson } from './scan-json.js';
import { textFailure } from './text-failure.js';
import { TextLines } from './text-lines.js';

/** Format of the text of a bundle. */
export type BundleFormat = 'json' | 'yaml';

export interface ParseDocumentOptions {
  /** Absent: JSON if the text starts with a bracket or a comment of JavaScript, or is empty, otherwise YAML. */
  readonly format?: BundleFormat | undefined;
  /** Absent: `BUNDLE_LIMITS`. */
  readonly limits?: BundleLimits | undefined;
}

/** Line and column of a part of a text, starting at 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** A value that was parsed from a text. */
export interface TextDocument {
  readonly value: unknown;
  /** Places of the parts that JSON Pointers lead to, in order; of the innermost part around one that is missing. */
  readonly placesOf: (pointers: readonly string[]) => TextPlace[];
}

/** Start of a text that is meant as JSON. */
const JSON_START = /^\s*(?:[[{]|\/[/*]|$)/;

const formatOf = (text: string): BundleFormat => (JSON_START.test(text) ? 'json' : 'yaml');

function parseJson(text: string, limits: BundleLimits): ParsedText {
  scanJson(text, limits);
  return { value: JSON.parse(text), locate: (pointers) => locateInJson(text, pointers) };
}

function assertText(text: unknown): void {
  if (typeof text === 'string' || ArrayBuffer.isView(text)) return;
  throw textFailure({ code: 'not_json', message: 'The bundle is neither a string nor a Uint8Array.' });
}

function checkSize(text: string | Uint8Array, maximum: number): void {
  const bytes = typeof text === 'string' ? Buffer.byteLength(text) : text.byteLength;
  if (bytes <= maximum) return;
  throw new ObjectStackError({
    code: 'bundle_too_large',
    message: `The bundle has ${bytes} bytes; at most ${maximum} are allowed. Split it or remove data.`,
    details: { limit: 'maxBytes', maximum, path: '' },
  });
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const message = 'The bytes of the bundle are not valid UTF-8. Encode the text as UTF-8.';
    throw textFailure({ code: 'not_json', message });
  }
}

/**
 * Parses a part of a bundle, or a whole one, from JSON or YAML text without validating it. Throws `bundle_too_large`, and
 * `invalid_bundle` with the findings in `details.issues`, each with its path, line and column.
 */
export function parseDocument(text: string | Uint8Array, options: ParseDocumentOptions = {}): TextDocument {
  const { limits = BUNDLE_LIMITS, format } = options;
  assertText(text);
  checkSize(text, limits.maxBytes);
  const content = typeof text === 'string' ? text.replace(/^\ufeff/, '') : decode(text);
  const parsed =
    (format ?? formatOf(content)) === 'yaml' ? parseYaml(content, limits) : parseJson(content, limits);
  return {
    value: parsed.value,
    placesOf(pointers) {
      const lines = new TextLines(content);
      const offsets = parsed.locate(pointers);
      return pointers.map((pointer) => lines.placeOf(offsets.get(pointer) ?? 0));
    },
  };
}
