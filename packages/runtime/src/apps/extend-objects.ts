import type { Field, ObjectDefinition, ObjectExtension } from '@objectstack/spec/data';
import { type JsonPath, NAMESPACE_SEPARATOR } from '@objectstack/spec/shared';
import type { CompositionIssue } from './composition-issue.js';

/** The extensions of one layer. */
export interface ExtendingLayer {
  /** Name of the app; absent for the tenant. */
  readonly app?: string;
  /** Prefix of the names that the app may add; absent for the tenant. */
  readonly prefix?: string;
  readonly extensions: readonly ObjectExtension[];
  /** Whether an extended object may be missing, because it belongs to an optional dependency. */
  readonly isOptional?: (object: string) => boolean;
}

type Report = (issue: Pick<CompositionIssue, 'code' | 'path' | 'subject' | 'message' | 'suggestion'>) => void;

interface Addition {
  readonly object: ObjectDefinition;
  readonly name: string;
  readonly field: Field;
  readonly prefix: string | undefined;
}

/** Why a field cannot be added or overridden. */
function refusalOf({ object, name, field, prefix }: Addition): Parameters<Report>[0] | undefined {
  const existing = Object.hasOwn(object.fields, name) ? object.fields[name] : undefined;
  const of = { path: [], subject: `${object.name}.${name}` };
  if (existing && prefix !== undefined)
    return {
      ...of,
      code: 'field_type_mismatch',
      message: `The field ${name} of ${object.name} exists already. An app adds fields and changes none.`,
    };
  if (existing && (existing.type !== field.type || Boolean(existing.multiple) !== Boolean(field.multiple)))
    return {
      ...of,
      code: 'field_type_mismatch',
      message: `The field ${name} of ${object.name} has the type ${existing.type}, not ${field.type}.`,
    };
  if (existing) return undefined;
  if (prefix !== undefined ? name.startsWith(prefix) : !name.includes(NAMESPACE_SEPARATOR)) return undefined;
  const message =
    prefix !== undefined
      ? `The name of the field ${name} does not start with ${prefix}.`
      : `The name of the field ${name} contains ${NAMESPACE_SEPARATOR}, which is reserved for apps.`;
  return { ...of, code: 'name_outside_namespace', message };
}

function extend(
  object: ObjectDefinition,
  extension: ObjectExtension,
  { prefix, path, report }: { prefix: string | undefined; path: JsonPath; report: Report },
): ObjectDefinition {
  const fields: Record<string, Field> = { ...object.fields };
  for (const [name, field] of Object.entries(extension.fields ?? {})) {
    const refusal = refusalOf({ object, name, field, prefix });
    if (refusal) report({ ...refusal, path: [...path, 'fields', name] });
    else fields[name] = Object.hasOwn(fields, name) ? { ...fields[name], ...field } : field;
  }
  const { indexes = [], validations = [] } = extension;
  return {
    ...object,
    fields,
    ...(indexes.length > 0 && { indexes: [...(object.indexes ?? []), ...indexes] }),
    ...(validations.length > 0 && { validations: [...(object.validations ?? []), ...validations] }),
  };
}

/** Applies the extensions of a layer to the objects, which are replaced in the map. */
export function extendObjects(
  objects: Map<string, ObjectDefinition>,
  { app, prefix, extensions, isOptional = () => false }: ExtendingLayer,
  issues: CompositionIssue[],
): void {
  const report: Report = (issue) => issues.push({ ...(app !== undefined && { app }), ...issue });
  for (const [index, extension] of extensions.entries()) {
    const path = ['objectExtensions', index];
    const object = objects.get(extension.extend);
    if (object) objects.set(object.name, extend(object, extension, { prefix, path, report }));
    else if (!isOptional(extension.extend))
      report({
        code: 'extension_target_missing',
        path: [...path, 'extend'],
        subject: extension.extend,
        message: `There is no object ${extension.extend} to extend.`,
      });
  }
}
