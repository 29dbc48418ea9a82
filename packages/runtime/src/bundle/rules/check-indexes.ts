import { type Index, indexCondition, storageOf } from '@objectstack/spec/data';
import type { JsonPath, Steps } from '@objectstack/spec/shared';
import type { BundleObject, RuleContext } from '../rule-context.js';
import { requireField } from './require-field.js';

const MADE_TYPES: ReadonlySet<Index['type']> = new Set([undefined, 'btree', 'hash']);

/** Indexes and unique rules must cover existing columns with comparable values. */
export function* checkIndexes(context: RuleContext): Steps<void> {
  for (const object of context.objects) {
    const names = new Set<unknown>();
    for (const [position, index] of (object.definition.indexes ?? []).entries()) {
      const path = [...object.path, 'indexes', position];
      checkIndex(context, { object, index, path });
      if (index.name !== undefined && names.has(index.name)) {
        const message = 'Another index of the object has the same name. Rename or remove one of them.';
        context.issues.warning([...path, 'name'], { code: 'duplicate_name', message });
      }
      names.add(index.name);
    }
    for (const [position, rule] of (object.definition.validations ?? []).entries()) {
      if (rule.type !== 'unique' || rule.active === false) continue;
      const path = [...object.path, 'validations', position, 'fields'];
      for (const [place, name] of rule.fields.entries())
        checkColumn(context, { object, name, path: [...path, place] });
      warnOfRepeated(context, rule.fields, path);
    }
    yield;
  }
}

interface IndexPlace {
  readonly object: BundleObject;
  readonly index: Index;
  readonly path: JsonPath;
}

function checkIndex(context: RuleContext, { object, index, path }: IndexPlace): void {
  const isMade = MADE_TYPES.has(index.type);
  for (const [place, name] of index.fields.entries()) {
    const at = [...path, 'fields', place];
    if (isMade) checkColumn(context, { object, name, path: at });
    else requireField(context, { object, name, path: at });
  }
  warnOfRepeated(context, index.fields, [...path, 'fields']);
  if (index.partial !== undefined) checkCondition(context, { object, index, path });
  if (isMade) return;
  const message = `No index is created for the type ${index.type}.`;
  context.issues.warning([...path, 'type'], { code: 'index_not_made', message });
}

/** A field that is listed again adds nothing to an index: probably another one was meant. */
function warnOfRepeated({ issues }: RuleContext, fields: readonly string[], path: JsonPath): void {
  const listed = new Set<string>();
  for (const [place, name] of fields.entries()) {
    const message = `The field ${name} is listed twice. Remove it, or name another field.`;
    if (listed.has(name)) issues.warning([...path, place], { code: 'duplicate_name', message });
    listed.add(name);
  }
}

function checkCondition({ issues }: RuleContext, { object, index, path }: IndexPlace): void {
  const stored = [...object.fields].filter(([, field]) => storageOf(field).column !== null);
  const condition = indexCondition(index.partial ?? '', new Set(stored.map(([name]) => name)));
  // Columns of fields that could not be parsed are unknown to the condition.
  if (!('problem' in condition) || !object.unparsedFields.isEmpty) return;
  const message = `The condition of the index is not supported: ${condition.problem}.`;
  issues.error([...path, 'partial'], { code: 'invalid_value', message });
}

interface ColumnPlace {
  readonly object: BundleObject;
  readonly name: string;
  readonly path: JsonPath;
}

function checkColumn(context: RuleContext, { object, name, path }: ColumnPlace): void {
  const field = object.fields.get(name);
  if (!field) {
    requireField(context, { object, name, path });
  } else if (storageOf(field).comparand === 'presence') {
    const message = `The field ${name} is computed or stored as JSON and cannot be in an index. Remove it from the index.`;
    context.issues.error(path, { code: 'invalid_value', message });
  }
}
