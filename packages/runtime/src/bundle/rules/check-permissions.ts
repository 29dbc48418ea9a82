import type { PermissionSet } from '@objectstack/spec/security';
import type { JsonPath } from '@objectstack/spec/shared';
import { entriesOf } from '../part-of.js';
import type { RuleContext } from '../rule-context.js';
import { findObject, warnOfUnknownField } from './require-field.js';

/** Wildcard for all objects. */
const ANY = '*';

/** Permission sets are stored but not interpreted: a reference to a missing object or field is a warning. */
export function checkPermissions(context: RuleContext): void {
  for (const [index, set] of context.bundle.permissions.entries()) {
    const path = ['permissions', index];
    for (const [name] of entriesOf(set.objects)) {
      if (name !== ANY) findObject(context, name, [...path, 'objects', name]);
    }
    checkFieldGrants(context, set, [...path, 'fields']);
  }
}

function checkFieldGrants(context: RuleContext, set: PermissionSet, path: JsonPath): void {
  for (const [grant] of entriesOf(set.fields)) {
    const separator = grant.indexOf('.');
    const objectName = separator < 0 ? grant : grant.slice(0, separator);
    if (objectName === ANY) continue;
    const object = findObject(context, objectName, [...path, grant]);
    if (!object || separator < 0) continue;
    warnOfUnknownField(context, object, { name: grant.slice(separator + 1), path: [...path, grant] });
  }
}
