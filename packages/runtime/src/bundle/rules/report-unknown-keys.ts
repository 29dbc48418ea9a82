import { isPlainObject, type Steps } from '@objectstack/spec/shared';
import { DeployBundleSchema } from '@objectstack/spec/system';
import { closestName } from '../closest-name.js';
import type { IssueLog } from '../issue-log.js';
import { keysOfSchema, type SchemaKeys } from '../schema-keys.js';
import { checkUnknownKeyCount } from './check-limits.js';

type JsonObject = Readonly<Record<string, unknown>>;

/** Maximum number of searches for the closest known key. So many unknown keys are not misspellings. */
const MAX_SEARCHES = 20_000;

/** Reports keys that the schema does not have. A key that is a near miss of an absent known key is an error. */
export function* reportUnknownKeys(bundle: unknown, issues: IssueLog): Steps<void> {
  const walk = new KeyWalk(issues);
  yield* walk.visitBundle(bundle, keysOfSchema(DeployBundleSchema));
  checkUnknownKeyCount(walk.unknownKeys, issues);
}

class KeyWalk {
  private readonly path: (string | number)[] = [];
  private searches = 0;
  unknownKeys = 0;

  constructor(private readonly issues: IssueLog) {}

  /** Visits a bundle in steps, one for each item of its lists. */
  *visitBundle(bundle: unknown, schema: SchemaKeys | undefined): Steps<void> {
    if (schema?.kind !== 'object' || !isPlainObject(bundle)) return;
    for (const key of Object.keys(bundle)) {
      const [value, schemaOf] = [bundle[key], schema.keys.get(key)];
      const items = schemaOf?.();
      if (!schemaOf) this.reportKey(key, bundle, schema.keys);
      else if (items?.kind !== 'items' || !Array.isArray(value)) this.descend(key, value, items);
      else yield* this.visitList(key, value, items.item);
    }
  }

  private *visitList(key: string, list: readonly unknown[], schema: SchemaKeys): Steps<void> {
    this.path.push(key);
    for (const [index, item] of list.entries()) {
      this.descend(index, item, schema);
      yield;
    }
    this.path.pop();
  }

  private visit(value: unknown, schema: SchemaKeys | undefined): void {
    if (schema === undefined || typeof value !== 'object' || value === null) return;
    if (schema.kind === 'items') this.visitItems(value, schema.item);
    else if (schema.kind === 'one_or_list')
      this.visit(value, Array.isArray(value) ? schema.list : schema.one);
    else if (Array.isArray(value)) return;
    else if (schema.kind === 'object') this.visitObject(value as JsonObject, schema.keys);
    else this.visit(value, schema.options.get((value as JsonObject)[schema.key]));
  }

  private visitItems(items: object, schema: SchemaKeys): void {
    const isList = Array.isArray(items);
    for (const [key, item] of Object.entries(items)) this.descend(isList ? Number(key) : key, item, schema);
  }

  private visitObject(object: JsonObject, keys: Extract<SchemaKeys, { kind: 'object' }>['keys']): void {
    for (const key of Object.keys(object)) {
      const schemaOf = keys.get(key);
      if (!schemaOf) this.reportKey(key, object, keys);
      else this.descend(key, object[key], schemaOf());
    }
  }

  private descend(step: string | number, value: unknown, schema: SchemaKeys | undefined): void {
    if (schema === undefined) return;
    this.path.push(step);
    this.visit(value, schema);
    this.path.pop();
  }

  private reportKey(key: string, object: JsonObject, keys: ReadonlyMap<string, unknown>): void {
    const path = [...this.path, key];
    const meant = this.findMeant(key, object, keys);
    if (meant === undefined) {
      this.unknownKeys += 1;
      this.issues.warning(path, {
        code: 'unknown_key',
        message: `The key ${key} is unknown: it is stored, not interpreted.`,
      });
    } else {
      const message = `The key ${key} is unknown. Did you mean ${meant}?`;
      this.issues.error(path, { code: 'misspelled_key', message, suggest: () => meant });
    }
  }

  private findMeant(key: string, object: JsonObject, keys: ReadonlyMap<string, unknown>): string | undefined {
    this.searches += 1;
    if (this.searches > MAX_SEARCHES) return undefined;
    const absent = [...keys.keys()].filter((known) => !Object.hasOwn(object, known));
    return closestName(key, absent);
  }
}
