import { type Field, SYSTEM_FIELD_TYPES, SYSTEM_FIELDS, type SystemFieldName } from '@objectstack/spec/data';
import type { DeployBundle } from '@objectstack/spec/system';
import type { RuleContext } from '../rule-context.js';

const NAMES = Object.keys(SYSTEM_FIELDS) as SystemFieldName[];

/** An author may declare the system's fields, if they stay what they are. */
export function checkSystemFields({ objects, issues }: RuleContext): void {
  for (const { definition, path } of objects) {
    for (const name of NAMES) {
      const field = definition.fields[name];
      if (!field) continue;
      const at = [...path, 'fields', name];
      if (isCompatible(name, field)) {
        issues.info(at, {
          code: 'system_field',
          message: `The field ${name} is the system's own on every object.`,
        });
      } else {
        const message = `The field ${name} is the system's own, of type ${SYSTEM_FIELDS[name].type}.`;
        issues.error(at, { code: 'reserved_name', message });
      }
    }
  }
}

/** Leaves the system's fields to the system. */
export function dropSystemFields(bundle: DeployBundle): void {
  for (const object of bundle.objects) {
    for (const name of NAMES) delete object.fields[name];
  }
}

function isCompatible(name: SystemFieldName, field: Field): boolean {
  return SYSTEM_FIELD_TYPES[name].includes(field.type) && !field.multiple;
}
