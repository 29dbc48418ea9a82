import type { JsonPath, Steps } from '@objectstack/spec/shared';
import type { FormView, ListView, View, ViewData } from '@objectstack/spec/ui';
import type { BundleObject, RuleContext } from '../rule-context.js';
import { findObject, warnOfUnknownField } from './unknown-field.js';

/** Properties of a list that name fields. */
const FIELD_LISTS = [
  'columns',
  'searchableFields',
  'filterableFields',
  'hiddenFields',
  'fieldOrder',
  'filter',
  'quickFilters',
] as const;

/** Number of views that are checked in one step. */
const STEP = 20;

/** Views are stored but not interpreted: a reference to a missing object or field is a warning. */
export function* checkViews(context: RuleContext): Steps<void> {
  for (const [index, view] of context.bundle.views.entries()) {
    const path = ['views', index];
    const object =
      view.object === undefined ? undefined : findObject(context, view.object, [...path, 'object']);
    for (const part of partsOf(view, path)) checkPart(context, { part, owner: view.object, object });
    if (index % STEP === 0) yield;
  }
}

/** Data source of a list or form, and the fields that it references. */
type Part = readonly [data: ViewData | undefined, path: JsonPath, names: Iterable<[string, JsonPath]>];

function* partsOf(view: View, path: JsonPath): Generator<Part> {
  if (view.list) yield listPart(view.list, [...path, 'list']);
  if (view.form) yield formPart(view.form, [...path, 'form']);
  for (const [name, list] of Object.entries(view.listViews ?? {}))
    yield listPart(list, [...path, 'listViews', name]);
  for (const [name, form] of Object.entries(view.formViews ?? {}))
    yield formPart(form, [...path, 'formViews', name]);
}

const listPart = (list: ListView, path: JsonPath): Part => [list.data, path, fieldsOfList(list, path)];
const formPart = (form: FormView, path: JsonPath): Part => [form.data, path, fieldsOfForm(form, path)];

interface ViewPart {
  readonly part: Part;
  /** Name of the view's object, and the object itself if it is in the bundle. */
  readonly owner: string | undefined;
  readonly object: BundleObject | undefined;
}

function checkPart(context: RuleContext, { part, owner, object }: ViewPart): void {
  const [data, path, names] = part;
  const { provider, object: source } = data ?? {};
  if (provider === 'api' || provider === 'value') return;
  const isOwners = source === undefined || source === owner;
  const shown = isOwners ? object : findObject(context, source, [...path, 'data', 'object']);
  if (!shown) return;
  for (const [name, at] of names) warnOfUnknownField(context, shown, { name, path: at });
}

function* fieldsOfList(list: ListView, path: JsonPath): Generator<[string, JsonPath]> {
  for (const key of FIELD_LISTS) yield* namesIn(list[key], [...path, key]);
  if (typeof list.sort !== 'string') yield* namesIn(list.sort, [...path, 'sort']);
}

function* fieldsOfForm(form: FormView, path: JsonPath): Generator<[string, JsonPath]> {
  for (const key of ['sections', 'groups'] as const) {
    for (const [index, { fields }] of (form[key] ?? []).entries()) {
      yield* namesIn(fields, [...path, key, index, 'fields']);
    }
  }
}

type NamesField = string | { readonly field: string };

function* namesIn(items: readonly NamesField[] = [], path: JsonPath): Generator<[string, JsonPath]> {
  for (const [index, item] of items.entries()) {
    yield typeof item === 'string' ? [item, [...path, index]] : [item.field, [...path, index, 'field']];
  }
}
