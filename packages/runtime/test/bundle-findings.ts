import { validateBundle } from '../src/bundle/validate-bundle.js';

/** The findings of validation, one line for each: `severity code path`. */
export function findingsOf(parts: Record<string, unknown>): string[] {
  const { issues } = validateBundle({ manifest: { version: '1.0.0' }, ...parts });
  return issues.map(({ severity, code, path }) => `${severity} ${code} ${path}`);
}

/** Same for a bundle of one object, `account`, with a text field `name`. */
export function findingsOfObject(object: Record<string, unknown>): string[] {
  return findingsOf({ objects: [{ name: 'account', fields: { name: { type: 'text' } }, ...object }] });
}

/** Same for one field, `subject`, of the object `account`. */
export function findingsOfField(field: Record<string, unknown>): string[] {
  const under = '/objects/0/fields/subject';
  return findingsOfObject({ fields: { subject: field } }).map((finding) => finding.replace(under, '.'));
}
