import type { DriverCapabilities, ObjectDefinition } from '@objectstack/spec/data';
import { isPlainObject } from '@objectstack/spec/shared';
import { CAPABILITY_TABLE } from './capability-table.js';
import type { DriverCall } from './driver-call.js';
import type { Capability } from './driver-trial.js';
import { isArrayField, isJsonField } from './field-kinds.js';
import { SUITE_OBJECTS } from './suite-objects.js';

/** Whether the driver declares the capability: true, a non-empty list, or a value. */
export function isDeclared(supports: DriverCapabilities, capability: Capability): boolean {
  const value = supports[capability];
  return Array.isArray(value) ? value.length > 0 : value !== false && value !== null;
}

function mentions(value: unknown, names: ReadonlySet<string>): boolean {
  if (typeof value === 'string') return names.has(value);
  if (Array.isArray(value)) return value.some((item) => mentions(item, names));
  if (!isPlainObject(value)) return false;
  return Object.entries(value).some(([name, item]) => names.has(name) || mentions(item, names));
}

const KINDS = [
  ['jsonFields', isJsonField],
  ['arrayFields', isArrayField],
] as const;

/** Names of the fields of this kind, by object. */
const FIELD_NAMES = KINDS.map(([capability, isOfKind]) => {
  const namesOf = ({ fields }: ObjectDefinition) =>
    Object.keys(fields).filter((name) => fields[name] && isOfKind(fields[name]));
  const names = SUITE_OBJECTS.map((definition) => [definition.name, new Set(namesOf(definition))] as const);
  return [capability, new Map<unknown, ReadonlySet<string>>(names)] as const;
});

const NO_NAMES: ReadonlySet<string> = new Set();

/** Capabilities that a call requires: those of its method, query, options and definitions, and of the fields that it names. */
export function usesOf(call: DriverCall): Capability[] {
  const [object, ...rest] = call.args;
  const features = Object.entries(CAPABILITY_TABLE).flatMap(([capability, row]) =>
    'isUsedBy' in row && row.isUsedBy(call) ? [capability as Capability] : [],
  );
  const kinds = FIELD_NAMES.flatMap(([capability, names]) =>
    mentions(rest, names.get(object) ?? NO_NAMES) ? [capability] : [],
  );
  return [...features, ...kinds];
}

/** The cases whose call uses only what the driver declares. */
export const supportedCases = <T>(
  { supports }: { readonly supports: DriverCapabilities },
  cases: readonly T[],
  toCall: (item: T) => DriverCall,
): T[] => cases.filter((item) => usesOf(toCall(item)).every((used) => isDeclared(supports, used)));
