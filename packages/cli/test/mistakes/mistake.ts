import type { ErrorCode, ExitClass } from '@objectstack/spec/shared';

/** A mistake of a person, and the answer of the command line. */
export interface Mistake {
  readonly name: string;
  readonly args: readonly string[];
  /** Files of the current directory, by path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly code: ErrorCode;
  readonly exit: ExitClass;
  /** Part of the answer that says where the mistake is. */
  readonly place: string;
  /** Part of the files or variables that the answer must not contain. */
  readonly secret?: string;
}

export const MANIFEST = { 'manifest.yaml': 'version: 1.0.0\n' };
export const note = (fields: string) => ({
  ...MANIFEST,
  'objects/note.yaml': `name: note\nfields:\n${fields}`,
});
export const config = (value: unknown) => ({ 'objectstack.config.json': JSON.stringify(value) });
