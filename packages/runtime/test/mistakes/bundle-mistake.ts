import { validateBundle } from '../../src/bundle/validate-bundle.js';

/**
 * A mistake of an author: what it is, the bundle, the only finding that it must cause (`severity code path`), and what
 * its message must contain for the author to mend it.
 */
export type BundleMistake = readonly [
  what: string,
  bundle: Record<string, unknown>,
  finding: string,
  hint: string,
];

export interface BundleAnswer {
  readonly findings: string[];
  readonly messages: string;
}

/** Keys that are stored only, and that the examples leave out. */
const IS_OMITTED = / is missing\. It is stored, not interpreted/;

/** What validation says of a bundle, without stored-only keys that it lacks. */
export function answerTo(parts: Record<string, unknown>): BundleAnswer {
  const { issues } = validateBundle({ manifest: { version: '1.0.0' }, ...parts });
  const relevant = issues.filter(({ message }) => !IS_OMITTED.test(message));
  return {
    findings: relevant.map(({ severity, code, path }) => `${severity} ${code} ${path}`),
    messages: relevant.map(({ message }) => message).join(' '),
  };
}

const FIELDS = { name: { type: 'text' }, size: { type: 'number' } };

/** An object with the fields `name` and `size`. */
export const account = { name: 'account', fields: FIELDS };

/** A bundle of the object `account` with changes. */
export const object = (changes: Record<string, unknown>) => ({ objects: [{ ...account, ...changes }] });

/** A bundle of an object with one more field, `x`. */
export const field = (definition: unknown) => object({ fields: { ...FIELDS, x: definition } });

/** A bundle of the object `account` and of seeds for it. */
export const seeds = (set: Record<string, unknown>) => ({
  objects: [account],
  seedData: [{ object: 'account', ...set }],
});
