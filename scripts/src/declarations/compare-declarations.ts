import { join } from 'node:path';
import ts from 'typescript';
import { inMemoryHost } from './in-memory-host.js';
import type { NamedSchemas } from './named-schemas.js';

/** Comparison for the compiler: `Same` is true only if two types are identical, property by property. */
const PRELUDE = `
import type * as z from 'zod';
import type * as source from '../src/index.js';
import type * as published from './index.js';
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Deep<T> = T extends (...args: never) => unknown ? T : T extends object ? { [K in keyof T]: Deep<T[K]> } : T;
type Part<T> = T extends z.core.$ZodType ? T : never;
type Inputs<T> = T extends { shape: infer S } ? { [K in keyof S]: Deep<z.input<S[K]>> } : never;
type Outputs<T> = T extends { shape: infer S } ? { [K in keyof S]: Deep<z.output<S[K]>> } : never;
type Presence<T> = T extends { shape: infer S }
  ? { [K in keyof S]: [Part<S[K]>['_zod']['optin'], Part<S[K]>['_zod']['optout']] }
  : never;
type Kind<T> = T extends z.core.$ZodType ? T['_zod']['def']['type'] : never;
type Kinds<T> = T extends { shape: infer S } ? { [K in keyof S]: Kind<S[K]> } : Kind<T>;
type Config<T> = T extends { _zod: { config: infer C } } ? C : never;
type Within<A, B> = A extends B ? true : false;
`;

/**
 * Comparisons for every schema. Written out for each: types of one alias would be compared by the arguments of the
 * alias.
 */
const SCHEMA_QUESTIONS: readonly (readonly [string, (schema: string) => string, 'Same' | 'Within'])[] = [
  ['input', (schema) => `Deep<z.input<${schema}>>`, 'Same'],
  ['output', (schema) => `Deep<z.output<${schema}>>`, 'Same'],
  ['inputs of properties', (schema) => `Inputs<${schema}>`, 'Same'],
  ['outputs of properties', (schema) => `Outputs<${schema}>`, 'Same'],
  ['presence of properties', (schema) => `Presence<${schema}>`, 'Same'],
  ['unknown keys', (schema) => `Config<${schema}>`, 'Same'],
  // The sources declare recursive schemas with the most general schema type.
  ['kinds', (schema) => `Kinds<${schema}>`, 'Within'],
];

function questionsOf({ byName, byType }: NamedSchemas): Map<string, string> {
  const types = [...byType.keys()].map((name): [string, string] => [
    `type ${name}`,
    `Same<Deep<source.${name}>, Deep<published.${name}>> = true`,
  ]);
  const schemas = [...byName.keys()].flatMap((name) =>
    SCHEMA_QUESTIONS.map(([what, typeOf, relation]): [string, string] => [
      `${what} of ${name}`,
      `${relation}<${typeOf(`typeof published.${name}`)}, ${typeOf(`typeof source.${name}`)}> = true`,
    ]),
  );
  return new Map([...types, ...schemas]);
}

const textOf = ({ messageText }: ts.Diagnostic): string => ts.flattenDiagnosticMessageText(messageText, ' ');

export interface DeclarationComparison {
  /** Names of the types that differ. */
  readonly differing: () => string[];
  /** The compiler's errors about the declarations themselves. */
  readonly invalid: () => string[];
}

/** Compares the published declarations of the protocol with the types that the compiler infers from its sources. */
export function compareDeclarations(
  folder: string,
  declarations: ReadonlyMap<string, string>,
  named: NamedSchemas,
): DeclarationComparison {
  const base = join(folder, 'published');
  const questions = questionsOf(named);
  const lines = [...questions.values()].map((question, index) => `export const is${index}: ${question};`);
  const file = join(base, 'questions.ts');
  const files = new Map([...declarations].map(([path, text]) => [join(base, path), text]));
  files.set(file, `${lines.join('\n')}\n${PRELUDE}`);
  const { options, host } = inMemoryHost(folder, files);
  const program = ts.createProgram([file], { ...options, skipLibCheck: false, noUnusedLocals: false }, host);
  const names = [...questions.keys()];
  const asked = program.getSourceFile(file);
  return {
    differing: () =>
      program.getSemanticDiagnostics(asked).map((diagnostic) => {
        const line = asked?.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line ?? 0;
        return names[line] ?? `line ${line - names.length}: ${textOf(diagnostic)}`;
      }),
    invalid: () =>
      [...declarations.keys()].flatMap((path) =>
        program
          .getSemanticDiagnostics(program.getSourceFile(join(base, path)))
          .map((diagnostic) => `${path}: ${textOf(diagnostic)}`),
      ),
  };
}
