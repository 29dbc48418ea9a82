import {
  type Field,
  SYSTEM_FIELD_TYPES,
  SYSTEM_FIELDS,
  type SystemFieldName,
  separateSystemFields,
} from '@objectstack/spec/data';
import type { DeployBundle } from '@objectstack/spec/system';
import type { RuleContext } from '../rule-context.js';

const NAMES = Object.keys(SYSTEM_FIELDS) as SystemFieldName[];

/** System fields may be declared if their definition is unchanged. */
export function checkSystemFields({ objects, issues }: RuleContext): void {
  for (const { definition, path } of objects) {
    for (const name of NAMES) {
      const field = definition.fields[name];
      if (!field) continue;
      const at = [...path, 'fields', name];
      if (isCompatible(name, field)) {
        issues.info(at, {
          code: 'system_field',
          message: `${name} is a system field that every object has. The declaration is stored and does not change the field.`,
        });
      } else {
        const message = `${name} is a system field of type ${SYSTEM_FIELDS[name].type}. Choose another name.`;
        issues.error(at, { code: 'reserved_name', message });
      }
    }
  }
}

/** Moves the declarations of system fields out of the fields. */
export function dropSystemFields(bundle: DeployBundle): void {
  bundle.objects = bundle.objects.map(separateSystemFields);
}

function isCompatible(name: SystemFieldName, field: Field): boolean {
  return SYSTEM_FIELD_TYPES[name].includes(field.type) && !field.multiple;
}
