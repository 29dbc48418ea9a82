import { type Field, type ObjectDefinition, SYSTEM_FIELDS } from '@objectstack/spec/data';
import type { JsonPath, Steps } from '@objectstack/spec/shared';
import type { DeployBundle } from '@objectstack/spec/system';
import type { IssueLog } from './issue-log.js';

export interface BundleObject {
  readonly definition: ObjectDefinition;
  readonly path: JsonPath;
  /** Fields of its records, including the system fields. */
  readonly fields: ReadonlyMap<string, Field>;
}

/** Input of a validation rule, and the log for its findings. */
export interface RuleContext {
  readonly bundle: DeployBundle;
  /** The objects in their order, including objects with duplicate names. */
  readonly objects: readonly BundleObject[];
  readonly objectsByName: ReadonlyMap<string, BundleObject>;
  readonly issues: IssueLog;
}

/** Validation rule. Runs in steps where a bundle may be long. */
export type Rule = (context: RuleContext) => Steps<void> | void;

export function* createRuleContext(bundle: DeployBundle, issues: IssueLog): Steps<RuleContext> {
  const objects: BundleObject[] = [];
  for (const [index, definition] of bundle.objects.entries()) {
    const fields = new Map<string, Field>(Object.entries({ ...definition.fields, ...SYSTEM_FIELDS }));
    objects.push({ definition, path: ['objects', index], fields });
    yield;
  }
  const objectsByName = new Map(objects.map((object) => [object.definition.name, object]));
  return { bundle, objects, objectsByName, issues };
}
