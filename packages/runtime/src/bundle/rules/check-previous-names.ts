import { previousNames, type RenamedFrom, SYSTEM_FIELDS } from '@objectstack/spec/data';
import type { JsonPath, Steps } from '@objectstack/spec/shared';
import type { RuleContext } from '../rule-context.js';

/** No field was a field of the system, whose name no field of an author can have; and a new name is another one. */
export function* checkPreviousNames(context: RuleContext): Steps<void> {
  for (const { definition, path } of context.objects) {
    checkOther(context, definition.name, definition.renamedFrom, path);
    for (const [name, { renamedFrom }] of Object.entries(definition.fields)) {
      const at = [...path, 'fields', name];
      checkOther(context, name, renamedFrom, at);
      const reserved = previousNames(renamedFrom).find((former) => Object.hasOwn(SYSTEM_FIELDS, former));
      if (reserved === undefined) continue;
      const message = `The field ${name} cannot have been called ${reserved}, which is the system's own field.`;
      context.issues.error([...at, 'renamedFrom'], { code: 'reserved_name', message });
    }
    yield;
  }
}

function checkOther(
  { issues }: RuleContext,
  name: string,
  renamedFrom: RenamedFrom | undefined,
  path: JsonPath,
): void {
  if (previousNames(renamedFrom)[0] !== name) return;
  const message = `${name} says that it was called ${name} before, which changes nothing.`;
  issues.warning([...path, 'renamedFrom'], { code: 'invalid_value', message });
}
