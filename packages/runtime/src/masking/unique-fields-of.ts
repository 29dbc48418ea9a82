import type { ObjectDefinition } from '@objectstack/spec/data';

/** How the values of a field are compared, because they must be unique. */
export interface UniqueField {
  /** Whether any of the comparisons ignores the case of the letters A to Z. */
  readonly ignoresCase: boolean;
}

interface Rule {
  readonly fields: readonly string[];
  readonly caseSensitive: boolean;
}

function rulesOf({ fields, indexes = [], validations = [] }: ObjectDefinition): Rule[] {
  const own = Object.entries(fields).flatMap(([name, { unique, caseSensitive }]) =>
    unique ? [{ fields: [name], caseSensitive: caseSensitive !== false }] : [],
  );
  const built = indexes.flatMap((index) =>
    index.unique ? [{ fields: index.fields, caseSensitive: true }] : [],
  );
  const rules = validations.flatMap((rule) =>
    rule.type === 'unique' && rule.active !== false
      ? [{ fields: rule.fields, caseSensitive: rule.caseSensitive !== false }]
      : [],
  );
  return [...own, ...built, ...rules];
}

/** The fields whose values must be unique, alone or together with those of other fields. */
export function uniqueFieldsOf(definition: ObjectDefinition): Map<string, UniqueField> {
  const found = new Map<string, UniqueField>();
  for (const { fields, caseSensitive } of rulesOf(definition))
    for (const name of fields) {
      const ignoresCase = !caseSensitive || found.get(name)?.ignoresCase === true;
      found.set(name, { ignoresCase });
    }
  return found;
}
