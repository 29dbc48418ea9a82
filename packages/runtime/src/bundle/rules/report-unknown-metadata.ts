import {
  closestName,
  explainIssue,
  type IssueSource,
  isPlainObject,
  type JsonPath,
  type Steps,
  synonymOf,
  toJsonPointer,
} from '@objectstack/spec/shared';
import { DeployBundleSchema } from '@objectstack/spec/system';
import * as z from 'zod';
import type { IssueLog } from '../issue-log.js';
import { keysOfSchema, type SchemaKeys } from '../schema-keys.js';
import { checkUnknownKeyCount } from './check-limits.js';

type JsonObject = Readonly<Record<string, unknown>>;
type KnownKeys = ReadonlyMap<string, () => SchemaKeys | undefined>;

/** Maximum number of searches for the closest known key. So many unknown keys are not misspellings. */
const MAX_SEARCHES = 20_000;

/**
 * Reports what the schema does not know. Only interpreted keys cause errors: a key that is a near miss of an absent
 * interpreted key. Any other unknown key, and a stored-only value of another shape than the known one, is a warning.
 * Returns pointers to the keys that are absent because they are misspelled.
 */
export function* reportUnknownMetadata(bundle: unknown, issues: IssueLog): Steps<ReadonlySet<string>> {
  const walk = new MetadataWalk(issues);
  yield* walk.visitBundle(bundle, keysOfSchema(DeployBundleSchema));
  checkUnknownKeyCount(walk.unknownKeys, issues);
  return walk.misspelled;
}

const absentFrom = (object: JsonObject, keys: KnownKeys): string[] =>
  [...keys.keys()].filter((known) => !Object.hasOwn(object, known));

class MetadataWalk {
  private readonly path: (string | number)[] = [];
  private searches = 0;
  private isInStored = false;
  /** Pointers to the keys that misspelled ones stand for. */
  readonly misspelled = new Set<string>();
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
    if (schema?.kind === 'stored') {
      this.visitStored(value, schema);
      return;
    }
    if (schema === undefined || typeof value !== 'object' || value === null) return;
    if (schema.kind === 'items') this.visitItems(value, schema.item);
    else if (schema.kind === 'one_or_list')
      this.visit(value, Array.isArray(value) ? schema.list : schema.one);
    else if (Array.isArray(value)) return;
    else if (schema.kind === 'object') this.visitObject(value as JsonObject, schema);
    else this.visit(value, schema.options.get((value as JsonObject)[schema.key]));
  }

  /** The keys within a stored-only value are stored only as well. */
  private visitStored(value: unknown, { hint, keys }: Extract<SchemaKeys, { kind: 'stored' }>): void {
    const { error } = z.safeParse(hint, value);
    for (const issue of error?.issues ?? []) this.reportShape(issue, { schema: hint, value });
    const outside = this.isInStored;
    this.isInStored = true;
    this.visit(value, keys);
    this.isInStored = outside;
  }

  private visitItems(items: object, schema: SchemaKeys): void {
    const isList = Array.isArray(items);
    for (const [key, item] of Object.entries(items)) this.descend(isList ? Number(key) : key, item, schema);
  }

  private visitObject(object: JsonObject, { keys, expected }: Extract<SchemaKeys, { kind: 'object' }>): void {
    for (const key of Object.keys(object)) {
      const schemaOf = keys.get(key);
      if (!schemaOf) this.reportKey(key, object, keys);
      else this.descend(key, object[key], schemaOf());
    }
    for (const key of expected) if (!Object.hasOwn(object, key)) this.reportMissing(key);
  }

  private descend(step: string | number, value: unknown, schema: SchemaKeys | undefined): void {
    if (schema === undefined) return;
    this.path.push(step);
    this.visit(value, schema);
    this.path.pop();
  }

  private reportShape(issue: z.core.$ZodIssue, source: IssueSource): void {
    this.issues.warning([...this.path, ...(issue.path as JsonPath)], {
      code: 'unknown_shape',
      explain: () => {
        const { message, suggestion } = explainIssue(issue, source);
        return {
          message: `The value does not have the documented shape: it is stored, not interpreted. ${message}.`,
          suggest: () => suggestion,
        };
      },
    });
  }

  private reportMissing(key: string): void {
    const message = `The key ${key} is missing. It is stored, not interpreted, but what reads it will expect it.`;
    this.issues.warning([...this.path, key], { code: 'unknown_shape', message });
  }

  private reportKey(key: string, object: JsonObject, keys: KnownKeys): void {
    const path = [...this.path, key];
    const meant = this.findMeant(key, object, keys);
    if (meant === undefined) {
      this.unknownKeys += 1;
      this.issues.warning(path, {
        code: 'unknown_key',
        message: `The key ${key} is unknown: it is stored, not interpreted.`,
        suggest: () => synonymOf(key, absentFrom(object, keys)),
      });
    } else {
      this.misspelled.add(toJsonPointer([...this.path, meant]));
      const message = `The key ${key} is unknown.`;
      const finding = { code: 'misspelled_key', message, suggest: () => meant } as const;
      if (this.isInStored || keys.get(meant)?.()?.kind === 'stored') this.issues.warning(path, finding);
      else this.issues.error(path, finding);
    }
  }

  private findMeant(key: string, object: JsonObject, keys: KnownKeys): string | undefined {
    this.searches += 1;
    if (this.searches > MAX_SEARCHES) return undefined;
    return closestName(key, absentFrom(object, keys));
  }
}
