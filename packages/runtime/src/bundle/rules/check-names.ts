import { isTableFunctionName, type JsonPath, NAMESPACE_SEPARATOR } from '@objectstack/spec/shared';
import { LAYERS_KEY } from '../../apps/tenant-layers.js';
import { NAMED_LISTS, type NamedList, type RuleContext } from '../rule-context.js';

/**
 * Names must be unique and must not contain the namespace separator, which is reserved for apps. Choose another one. Names of objects must
 * not be those of table-valued functions of SQLite.
 */
export function checkNames(context: RuleContext): void {
  checkLayersKey(context);
  for (const collection of NAMED_LISTS) checkCollection(context, collection);
  for (const { definition, path } of context.objects) {
    checkTableName(context, definition.name, [...path, 'name']);
    for (const field of Object.keys(definition.fields))
      checkReserved(context, field, [...path, 'fields', field]);
  }
}

function checkLayersKey({ bundle, issues }: RuleContext): void {
  if (!Object.hasOwn(bundle, LAYERS_KEY)) return;
  const message = `The key ${LAYERS_KEY} is reserved for the runtime, which records the apps of a tenant there. Remove it.`;
  issues.error([LAYERS_KEY], { code: 'reserved_name', message });
}

function checkCollection(context: RuleContext, collection: NamedList): void {
  const seen = new Set<string>();
  for (const [index, { name }] of context.bundle[collection].entries()) {
    const path = [collection, index, 'name'];
    checkReserved(context, name, path);
    if (seen.has(name)) {
      context.issues.error(path, {
        code: 'duplicate_name',
        message: `The name ${name} occurs twice in ${collection}. Names must be unique.`,
      });
    }
    seen.add(name);
  }
}

function checkReserved({ issues, isComposed }: RuleContext, name: string, path: JsonPath): void {
  if (isComposed || !name.includes(NAMESPACE_SEPARATOR)) return;
  const message = `The name ${name} contains ${NAMESPACE_SEPARATOR}, which is reserved for apps. Choose another one.`;
  issues.error(path, { code: 'reserved_name', message });
}

function checkTableName({ issues }: RuleContext, name: string, path: JsonPath): void {
  if (!isTableFunctionName(name)) return;
  const message = `The name ${name} is a table-valued function of SQLite. Choose another one.`;
  issues.error(path, { code: 'reserved_name', message });
}
