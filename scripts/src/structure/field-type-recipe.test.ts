import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { IS_EXHAUSTIVE } from '@objectstack/testing';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { packageSources } from '../package-sources.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const TABLE = 'packages/spec/src/data/field-types.ts';
const CONVERSIONS = 'packages/driver-turso/src/migration/diff/conversions/scalar-encodings.ts';
const SAMPLES = 'packages/conformance/src/data-driver/sample-values.ts';
const ENTRIES = ['spec', 'driver-turso', 'runtime', 'conformance'].map(
  (name) => `packages/${name}/src/index.ts`,
);
const USE = 'packages/spec/src/data/use-of-a-new-type.ts';

type Overlay = Readonly<Record<string, string>>;

/** The file with text inserted before each place, which must exist. */
function edited(path: string, ...insertions: (readonly [place: string | RegExp, text: string])[]): string {
  return insertions.reduce(
    (text, [place, inserted]) => {
      expect(text).toMatch(place);
      return text.replace(place, (found) => `${inserted}${found}`);
    },
    readFileSync(ROOT + path, 'utf8'),
  );
}

/** The recipe of CONTRIBUTING, followed for a made-up type `duration` with an encoding of its own. */
const NEW_TYPE: Overlay = {
  [TABLE]: edited(
    TABLE,
    [
      '  /** Any JSON value, stored as JSON text. */',
      `  /** A length of time in seconds, PT…S. */
  duration: {
    column: 'TEXT',
    value: 'text',
    comparand: 'equal',
    rules: [],
    expected: 'a duration such as PT90S',
    encode: (value: unknown) => (typeof value === 'string' && /^PT\\d+S$/.test(value) ? { value } : WRONG_TYPE),
  },
`,
    ],
    ["  text: { encoding: 'text' },", "  duration: { encoding: 'duration' },\n"],
  ),
  // Its values are texts, and a list can contain them.
  [USE]: `import type { RecordOf } from './record-of.js';
type Task = RecordOf<{ fields: { length: { type: 'duration'; required: true }; pauses: { type: 'duration'; multiple: true } } }>;
export const length = (task: Task): string => task.length;
export const pauses = (task: Task): string[] | null => task.pauses;
`,
};
const CONVERSION_OF_NEW_TYPE: Overlay = {
  [CONVERSIONS]: edited(CONVERSIONS, [
    /};\n\n\/\*\* The conversion between two/,
    `  duration: {
    read: readText((text) => text),
    write: writeText,
    to: { text: SAME, number: NOTHING, boolean: NOTHING, date: NOTHING, datetime: NOTHING, time: NOTHING },
  },
`,
  ]).replace(/( +)(date: (?:NOTHING|SAME|parsed|partial))/g, '$1duration: NOTHING,\n$1$2'),
};
const SAMPLES_OF_NEW_TYPE: Overlay = {
  [SAMPLES]: edited(SAMPLES).replace(/ {2}computed: \[\],/g, (found) => `  duration: [],\n${found}`),
};

let program: ts.Program | undefined;

/** Files of the sources that do not compile. */
function filesWithErrors(overlay: Overlay): string[] {
  const config = `${ROOT}packages/spec/tsconfig.json`;
  const { config: json } = ts.readConfigFile(config, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(json, ts.sys, `${ROOT}packages/spec`, {}, config);
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  const known = new Map<string, ts.SourceFile>();
  host.fileExists = (file) => overlay[file.replace(ROOT, '')] !== undefined || fileExists(file);
  host.getSourceFile = (file, version) => {
    const text = overlay[file.replace(ROOT, '')];
    const previous = text === undefined ? program?.getSourceFile(file) : undefined;
    const source =
      previous ??
      known.get(file) ??
      (text === undefined ? getSourceFile(file, version) : ts.createSourceFile(file, text, version, true));
    if (source) known.set(file, source);
    return source;
  };
  const files = [...ENTRIES, USE].map((file) => ROOT + file);
  program = ts.createProgram(files, options, host, undefined);
  const errors = [...program.getSyntacticDiagnostics(), ...program.getSemanticDiagnostics()];
  return [...new Set(errors.map(({ file }) => file?.fileName.replace(ROOT, '') ?? 'none'))].sort();
}

describe('the recipe for a field type in CONTRIBUTING', () => {
  it('names the files', () => {
    const recipe = readFileSync(`${ROOT}CONTRIBUTING.md`, 'utf8')
      .split('**A field type**')[1]
      ?.split('\n**')[0];
    const named = [...(recipe ?? '').matchAll(/`(packages\/[^`]+)`/g)].map(([, file]) => file);
    expect(named).toEqual([TABLE, CONVERSIONS, SAMPLES]);
  });

  it.each(Object.entries({ ...NEW_TYPE, ...CONVERSION_OF_NEW_TYPE, ...SAMPLES_OF_NEW_TYPE }))(
    'leaves %s well formed, with the new type in it',
    (path, text) => {
      const { diagnostics } = ts.transpileModule(text, { fileName: path, reportDiagnostics: true });
      expect(diagnostics).toEqual([]);
      expect(text).toMatch(/\bduration\b/);
    },
  );

  it('names every table that must have a row for each encoding', () => {
    const tables = packageSources()
      .map((path) => `packages/${path}`)
      .filter((path) =>
        /(?<!Partial<)Record<(?:Exclude<)?(?:Value|Field|Stored|Scalar)Encoding\b/.test(
          readFileSync(ROOT + path, 'utf8'),
        ),
      );
    expect(tables).toEqual([SAMPLES, CONVERSIONS]);
  });

  it.runIf(IS_EXHAUSTIVE)(
    'is complete: the compiler asks for the other two files, and for nothing else after them',
    () => {
      expect(filesWithErrors(NEW_TYPE)).toEqual([SAMPLES, CONVERSIONS].sort());
      expect(filesWithErrors({ ...NEW_TYPE, ...CONVERSION_OF_NEW_TYPE, ...SAMPLES_OF_NEW_TYPE })).toEqual([]);
    },
    600_000,
  );
});
