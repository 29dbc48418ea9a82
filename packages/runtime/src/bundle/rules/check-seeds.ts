import {
  type Field,
  foldCase,
  ignoresCase,
  type SeedDataset,
  type SeedMode,
  SYSTEM_FIELDS,
  storageOf,
} from '@objectstack/spec/data';
import type { JsonPath, Steps } from '@objectstack/spec/shared';
import { evaluateSeedRecord } from '../evaluate-seed-record.js';
import type { BundleObject, RuleContext } from '../rule-context.js';
import { SAMPLE_TIME } from '../sample-time.js';
import { seedValue } from '../seed-value.js';
import { requireField, unknownObject } from './require-field.js';
import { checkSeedRecord } from './seed-record.js';
import { spendSteps } from './spend-steps.js';

/** Modes that look up the record before they write it. */
const LOOKUP_MODES: ReadonlySet<SeedMode> = new Set(['update', 'upsert', 'ignore']);

/** Number of records that are checked in one step. */
const STEP = 100;

/** Every record must fit its object. Records of objects outside the bundle are not written. */
export function* checkSeeds(context: RuleContext): Steps<void> {
  for (const [index, set] of context.bundle.seedData.entries()) {
    const path = ['seedData', index];
    const object = context.objectsByName.get(set.object);
    if (object) yield* checkSet(context, { set, object, path });
    else if (!context.unparsed.objects.has(set.object)) warnOfSkipped(context, set, path);
  }
}

function warnOfSkipped(context: RuleContext, { object, records }: SeedDataset, path: JsonPath): void {
  const finding = unknownObject(context, object);
  const message = `The object ${object} is not in the bundle: its seed records are skipped (${records.length}).`;
  context.issues.warning([...path, 'object'], { ...finding, message });
}

interface SeedPlace {
  readonly set: SeedDataset;
  readonly object: BundleObject;
  readonly path: JsonPath;
}

/** Replaces the expressions of a set by their values, which the deployment computes for its own time. */
function* evaluated(context: RuleContext, { set, object, path }: SeedPlace): Steps<SeedPlace> {
  const records: SeedDataset['records'] = [];
  for (const [index, written] of set.records.entries()) {
    const at = [...path, 'records', index];
    const { record, skipped } = evaluateSeedRecord((name) => object.fields.get(name), written, {
      now: SAMPLE_TIME,
      mayEvaluate: (name, source) => spendSteps(context, source, [...at, name]),
    });
    records.push(record);
    for (const [name, problem] of skipped) {
      const message = `The expression ${problem.message}. The record is written without ${name}.`;
      context.issues.warning([...at, name], { code: 'expression_not_evaluated', message });
    }
    if (index % STEP === 0 || record !== written) yield;
  }
  return { set: { ...set, records }, object, path };
}

function* checkSet(context: RuleContext, written: SeedPlace): Steps<void> {
  const place = yield* evaluated(context, written);
  const { set, object, path } = place;
  const required = new Set(set.mode === 'update' ? [] : fieldsToFill(object));
  for (const [index, record] of set.records.entries()) {
    checkSeedRecord(context, { object, record, required, path: [...path, 'records', index] });
    if (index % STEP === 0) yield;
  }
  if (LOOKUP_MODES.has(set.mode)) yield* checkExternalId(context, place);
}

/** Required fields that stay empty if a record does not provide them. */
function fieldsToFill({ fields }: BundleObject): string[] {
  return [...fields].filter(([name, field]) => mustBeGiven(name, field)).map(([name]) => name);
}

function mustBeGiven(name: string, field: Field): boolean {
  if (!field.required || field.type === 'autonumber' || Object.hasOwn(SYSTEM_FIELDS, name)) return false;
  if (storageOf(field).encoding === 'computed') return false;
  if (field.defaultValue !== undefined) return field.defaultValue === null;
  return !field.options?.some((option) => option.default);
}

/** Key of a set that names none. */
const DEFAULT_KEY = 'name';

function* checkExternalId(context: RuleContext, { set, object, path }: SeedPlace): Steps<void> {
  const names = [...new Set([set.externalId].flat())];
  let areColumns = true;
  for (const [place, name] of names.entries()) {
    const at = [...path, 'externalId', ...(Array.isArray(set.externalId) ? [place] : [])];
    const field = object.fields.get(name);
    if (field && storageOf(field).comparand !== 'presence') continue;
    areColumns = false;
    if (!field && set.externalId === DEFAULT_KEY && !object.unparsedFields.has(DEFAULT_KEY)) {
      const message = `The object ${object.definition.name} has no field ${DEFAULT_KEY}, which is the default of externalId: records are identified by their content. Set externalId.`;
      context.issues.warning(path, { code: 'unknown_field', message });
      continue;
    }
    const message = `The field ${name} is computed or stored as JSON and cannot be a key. Choose another field for externalId.`;
    if (field) context.issues.error(at, { code: 'invalid_value', message });
    else requireField(context, { object, name, path: at });
  }
  if (areColumns) yield* checkRecognition(context, { set, object, path }, names);
}

/** Normalizes the value of a key for comparison, like the driver. */
function recognizedBy(field: Field | undefined, value: unknown): unknown {
  if (!field) return value;
  const written = seedValue(field, value);
  return ignoresCase(field) && typeof written === 'string' ? foldCase(written) : written;
}

/** Warns of records that cannot be identified, or that have the same key as an earlier one. */
function* checkRecognition(
  { issues }: RuleContext,
  { set, object, path }: SeedPlace,
  names: readonly string[],
): Steps<void> {
  const seen = new Set<string>();
  for (const [index, record] of set.records.entries()) {
    if (index % STEP === 0) yield;
    const at = [...path, 'records', index];
    const missing = names.find((name) => (record[name] ?? null) === null);
    if (missing !== undefined) {
      const message = `The record lacks ${missing}, a part of its key: after a change, it cannot be matched with the record written before.`;
      issues.warning([...at, missing], { code: 'required_violation', message });
      continue;
    }
    const key = JSON.stringify(names.map((name) => recognizedBy(object.fields.get(name), record[name])));
    if (seen.has(key)) {
      const message = `An earlier record of the set has the same ${names.join(', ')}. Remove one of them, or give it another value.`;
      issues.warning(at, { code: 'duplicate_name', message });
    }
    seen.add(key);
  }
}
