import type { JsonPath } from '@objectstack/spec/shared';
import { closestName } from '../closest-name.js';
import type { Finding } from '../issue-log.js';
import type { BundleObject, RuleContext } from '../rule-context.js';

/** What to say of a field that its object does not have. */
export function unknownField(object: BundleObject, name: string): Finding {
  const message = `The object ${object.definition.name} has no field ${name}.`;
  return { code: 'unknown_field', message, suggest: () => closestName(name, object.fields.keys()) };
}

/** What to say of an object that the bundle does not hold. */
export function unknownObject({ objectsByName }: RuleContext, name: string): Finding {
  const message = `The object ${name} is not in the bundle.`;
  return { code: 'unknown_object', message, suggest: () => closestName(name, objectsByName.keys()) };
}

/** Warns where something that is only carried names an object outside the bundle; returns the object otherwise. */
export function findObject(context: RuleContext, name: string, path: JsonPath): BundleObject | undefined {
  const object = context.objectsByName.get(name);
  if (!object) context.issues.warning(path, unknownObject(context, name));
  return object;
}

/** Warns where something that is only carried names a field that is not there. Of a path such as account.name, the first counts. */
export function warnOfUnknownField(
  { issues }: RuleContext,
  object: BundleObject,
  { name, path }: { name: string; path: JsonPath },
): void {
  const [first = name] = name.split('.', 1);
  if (!object.fields.has(first)) issues.warning(path, unknownField(object, first));
}
