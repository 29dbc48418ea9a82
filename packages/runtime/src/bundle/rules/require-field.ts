import { previousNames } from '@objectstack/spec/data';
import { closestName, type JsonPath } from '@objectstack/spec/shared';
import type { Finding } from '../issue-log.js';
import type { BundleObject, RuleContext } from '../rule-context.js';

interface NamedField {
  readonly object: BundleObject;
  readonly name: string;
  readonly path: JsonPath;
}

/** Reports an error if the object has no such field. */
export function requireField({ issues }: RuleContext, { object, name, path }: NamedField): void {
  if (isUnknown(object, name)) issues.error(path, unknownField(object, name));
}

/** A field that could not be parsed is not unknown. */
const isUnknown = ({ fields, unparsedFields }: BundleObject, name: string): boolean =>
  !fields.has(name) && !unparsedFields.has(name);

/** Name of the field that was renamed from the name. */
const newNameOf = ({ definition }: BundleObject, name: string): string | undefined =>
  Object.entries(definition.fields).find(([, { renamedFrom }]) =>
    previousNames(renamedFrom).includes(name),
  )?.[0];

/** Finding for a field that its object does not have. */
function unknownField(object: BundleObject, name: string): Finding {
  const message = `The object ${object.definition.name} has no field ${name}.`;
  const suggest = () => newNameOf(object, name) ?? closestName(name, object.fields.keys());
  return { code: 'unknown_field', message, suggest };
}

/** Finding for an object that is not in the bundle. */
export function unknownObject({ objectsByName }: RuleContext, name: string): Finding {
  const message = `The object ${name} is not in the bundle.`;
  return { code: 'unknown_object', message, suggest: () => closestName(name, objectsByName.keys()) };
}

/**
 * Returns the object, or reports a warning if it is not in the bundle: for references in content that is stored but not
 * interpreted.
 */
export function findObject(context: RuleContext, name: string, path: JsonPath): BundleObject | undefined {
  const object = context.objectsByName.get(name);
  if (!object && !context.unparsed.objects.has(name))
    context.issues.warning(path, unknownObject(context, name));
  return object;
}

/**
 * Reports a warning if the object lacks the field: for references in content that is stored but not interpreted. Of a
 * path such as `account.name`, only the first part is checked.
 */
export function warnOfUnknownField(
  { issues }: RuleContext,
  object: BundleObject,
  { name, path }: { name: string; path: JsonPath },
): void {
  const [first = name] = name.split('.', 1);
  if (isUnknown(object, first)) issues.warning(path, unknownField(object, first));
}
