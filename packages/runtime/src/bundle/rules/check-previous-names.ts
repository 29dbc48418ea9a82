import { previousNames, type RenamedFrom, SYSTEM_FIELDS } from '@objectstack/spec/data';
import type { JsonPath, Steps } from '@objectstack/spec/shared';
import type { RuleContext } from '../rule-context.js';

/**
 * A previous name must differ from the current one, and a previous name of a field must not be that of a system field.
 */
export function* checkPreviousNames(context: RuleContext): Steps<void> {
  for (const { definition, path } of context.objects) {
    warnOfOwnName(context, definition.name, definition.renamedFrom, path);
    for (const [name, { renamedFrom }] of Object.entries(definition.fields)) {
      const at = [...path, 'fields', name];
      warnOfOwnName(context, name, renamedFrom, at);
      const reserved = previousNames(renamedFrom).find((previous) => Object.hasOwn(SYSTEM_FIELDS, previous));
      if (reserved === undefined) continue;
      const message = `The field ${name} names the system field ${reserved} as its previous name. Remove it from renamedFrom.`;
      context.issues.error([...at, 'renamedFrom'], { code: 'reserved_name', message });
    }
    yield;
  }
}

function warnOfOwnName(
  { issues }: RuleContext,
  name: string,
  renamedFrom: RenamedFrom | undefined,
  path: JsonPath,
): void {
  if (previousNames(renamedFrom)[0] !== name) return;
  const message = `${name} names itself as its previous name, which has no effect. Remove renamedFrom.`;
  issues.warning([...path, 'renamedFrom'], { code: 'invalid_value', message });
}
