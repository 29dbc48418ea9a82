import type { FormView, ListView, View } from '@objectstack/spec/ui';
import type { JsonPath } from '../json-pointer.js';
import type { BundleObject, RuleContext } from '../rule-context.js';
import { findObject, warnOfUnknownField } from './field-reference.js';

/** Where a list names fields, as text or as objects with a `field`. */
const FIELD_LISTS = [
  'columns',
  'searchableFields',
  'filterableFields',
  'hiddenFields',
  'fieldOrder',
] as const;
/** Where only objects with a `field` are names of fields. */
const RULE_LISTS = ['filter', 'sort', 'quickFilters'] as const;

/** Views are carried: what they name and is not there is a warning. */
export function checkViews(context: RuleContext): void {
  for (const [index, view] of context.bundle.views.entries()) {
    const path = ['views', index];
    const object =
      view.object === undefined ? undefined : findObject(context, view.object, [...path, 'object']);
    for (const [part, at] of partsOf(view, path))
      checkPart(context, { part, path: at, owner: view.object, object });
  }
}

function* partsOf(view: View, path: JsonPath): Generator<[ListView | FormView, JsonPath]> {
  if (view.list) yield [view.list, [...path, 'list']];
  if (view.form) yield [view.form, [...path, 'form']];
  for (const key of ['listViews', 'formViews'] as const) {
    for (const [name, part] of Object.entries(view[key] ?? {})) yield [part, [...path, key, name]];
  }
}

interface ViewPart {
  readonly part: ListView | FormView;
  readonly path: JsonPath;
  /** Object of the view, by name and, when the bundle holds it, itself. */
  readonly owner: string | undefined;
  readonly object: BundleObject | undefined;
}

function checkPart(context: RuleContext, { part, path, owner, object }: ViewPart): void {
  const { provider, object: source } = part.data ?? {};
  if (provider === 'api' || provider === 'value') return;
  const isOwners = source === undefined || source === owner;
  const shown = isOwners ? object : findObject(context, source, [...path, 'data', 'object']);
  if (!shown) return;
  for (const [name, at] of fieldNames(part, path)) warnOfUnknownField(context, shown, { name, path: at });
}

function* fieldNames(part: ListView | FormView, path: JsonPath): Generator<[string, JsonPath]> {
  for (const key of FIELD_LISTS) yield* namesIn(part[key], [...path, key]);
  for (const key of RULE_LISTS) yield* namesOfObjectsIn(part[key], [...path, key]);
  for (const key of ['sections', 'groups']) {
    for (const [index, section] of entriesOf(part[key])) {
      yield* namesIn(propertyOf(section, 'fields'), [...path, key, index, 'fields']);
    }
  }
}

function* namesIn(list: unknown, path: JsonPath): Generator<[string, JsonPath]> {
  for (const [index, item] of entriesOf(list)) {
    if (typeof item === 'string') yield [item, [...path, index]];
  }
  yield* namesOfObjectsIn(list, path);
}

function* namesOfObjectsIn(list: unknown, path: JsonPath): Generator<[string, JsonPath]> {
  for (const [index, item] of entriesOf(list)) {
    const name = propertyOf(item, 'field');
    if (typeof name === 'string') yield [name, [...path, index, 'field']];
  }
}

function entriesOf(list: unknown): Iterable<[number, unknown]> {
  return Array.isArray(list) ? list.entries() : [];
}

function propertyOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
