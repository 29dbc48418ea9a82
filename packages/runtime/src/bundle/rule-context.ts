import { ExpressionBudget } from '@objectstack/expressions';
import { type Field, type ObjectDefinition, SYSTEM_FIELDS } from '@objectstack/spec/data';
import type { JsonPath, Steps } from '@objectstack/spec/shared';
import type { DeployBundle } from '@objectstack/spec/system';
import type { IssueLog } from './issue-log.js';
import type { SalvagedBundle } from './salvage-bundle.js';
import { UnparsedNames } from './unparsed-names.js';

export interface BundleObject {
  readonly definition: ObjectDefinition;
  readonly path: JsonPath;
  /** Fields of its records, including the system fields. */
  readonly fields: ReadonlyMap<string, Field>;
  /** Fields that could not be parsed. */
  readonly unparsedFields: UnparsedNames;
}

/** Input of a validation rule, and the log for its findings. */
export interface RuleContext {
  readonly bundle: DeployBundle;
  /** The objects in their order, including objects with duplicate names. */
  readonly objects: readonly BundleObject[];
  readonly objectsByName: ReadonlyMap<string, BundleObject>;
  readonly issues: IssueLog;
  /** Steps that remain for the expressions of the bundle. */
  readonly expressions: ExpressionBudget;
  /** Whether the bundle is composed of layers, so that it contains names of apps. */
  readonly isComposed: boolean;
  /** Components that could not be parsed, or whose name could not. */
  readonly unparsed: Readonly<Record<NamedList, UnparsedNames>>;
}

/** Lists of components with names. */
export const NAMED_LISTS = ['objects', 'views', 'flows', 'permissions'] as const;
export type NamedList = (typeof NAMED_LISTS)[number];

/** Validation rule. Runs in steps where a bundle may be long. */
export type Rule = (context: RuleContext) => Steps<void> | void;

/** The names of components in holes of the bundle. */
function unparsedNames(list: NamedList, { bundle, holes }: SalvagedBundle): UnparsedNames {
  const names = new UnparsedNames();
  for (const [root, index, key] of holes) {
    if (root !== list) continue;
    if (index === undefined) names.add(undefined);
    else if (key === undefined || key === 'name') names.add(bundle[list][Number(index)]?.name || undefined);
  }
  return names;
}

/** The names of fields in holes of objects, by the position of the object. */
function unparsedFields(holes: readonly JsonPath[]): ReadonlyMap<unknown, UnparsedNames> {
  const byObject = new Map<unknown, UnparsedNames>();
  for (const [root, object, key, field] of holes) {
    if (root !== 'objects' || (key !== undefined && key !== 'fields')) continue;
    const names = byObject.get(object) ?? new UnparsedNames();
    names.add(field);
    byObject.set(object, names);
  }
  return byObject;
}

const NONE = new UnparsedNames();

export function* createRuleContext(
  salvaged: SalvagedBundle,
  { issues, isComposed }: Pick<RuleContext, 'issues' | 'isComposed'>,
): Steps<RuleContext> {
  const { bundle, holes } = salvaged;
  const unparsedByObject = unparsedFields(holes);
  const objects: BundleObject[] = [];
  for (const [index, definition] of bundle.objects.entries()) {
    const fields = new Map<string, Field>(Object.entries({ ...definition.fields, ...SYSTEM_FIELDS }));
    const path = ['objects', index];
    objects.push({ definition, path, fields, unparsedFields: unparsedByObject.get(index) ?? NONE });
    yield;
  }
  const objectsByName = new Map(objects.map((object) => [object.definition.name, object]));
  const unparsed = Object.fromEntries(NAMED_LISTS.map((list) => [list, unparsedNames(list, salvaged)]));
  const expressions = new ExpressionBudget();
  return {
    bundle,
    objects,
    objectsByName,
    issues,
    expressions,
    isComposed,
    unparsed: unparsed as RuleContext['unparsed'],
  };
}
