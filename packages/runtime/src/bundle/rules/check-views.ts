import type { JsonPath, Steps } from '@objectstack/spec/shared';
import type { View } from '@objectstack/spec/ui';
import { entriesOf, itemsOf, partOf, textOf } from '../part-of.js';
import type { BundleObject, RuleContext } from '../rule-context.js';
import { findObject, warnOfUnknownField } from './require-field.js';

/** Properties of a list that name fields. */
const FIELD_LISTS = [
  'columns',
  'searchableFields',
  'filterableFields',
  'hiddenFields',
  'fieldOrder',
] as const;

/** Properties of a list whose items have a key `field`. */
const RULE_LISTS = ['filter', 'quickFilters', 'sort'] as const;

/** Number of views that are checked in one step. */
const STEP = 20;

/** Views are stored but not interpreted: a reference to a missing object or field is a warning. */
export function* checkViews(context: RuleContext): Steps<void> {
  for (const [index, view] of context.bundle.views.entries()) {
    const path = ['views', index];
    const owner = textOf(view.object);
    const object = owner === undefined ? undefined : findObject(context, owner, [...path, 'object']);
    for (const part of partsOf(view, path)) checkPart(context, { part, owner, object });
    if (index % STEP === 0) yield;
  }
}

/** Data source of a list or form, and the fields that it references. */
type Part = readonly [data: unknown, path: JsonPath, names: Iterable<[string, JsonPath]>];

function* partsOf(view: View, path: JsonPath): Generator<Part> {
  if (view.list !== undefined) yield listPart(view.list, [...path, 'list']);
  if (view.form !== undefined) yield formPart(view.form, [...path, 'form']);
  for (const [name, list] of entriesOf(view.listViews)) yield listPart(list, [...path, 'listViews', name]);
  for (const [name, form] of entriesOf(view.formViews)) yield formPart(form, [...path, 'formViews', name]);
}

const listPart = (list: unknown, path: JsonPath): Part => [
  partOf(list, 'data'),
  path,
  fieldsOfList(list, path),
];
const formPart = (form: unknown, path: JsonPath): Part => [
  partOf(form, 'data'),
  path,
  fieldsOfForm(form, path),
];

interface ViewPart {
  readonly part: Part;
  /** Name of the view's object, and the object itself if it is in the bundle. */
  readonly owner: string | undefined;
  readonly object: BundleObject | undefined;
}

function checkPart(context: RuleContext, { part, owner, object }: ViewPart): void {
  const [data, path, names] = part;
  const provider = partOf(data, 'provider');
  const source = textOf(partOf(data, 'object'));
  if (provider === 'api' || provider === 'value') return;
  const isOwners = source === undefined || source === owner;
  const shown = isOwners ? object : findObject(context, source, [...path, 'data', 'object']);
  if (!shown) return;
  for (const [name, at] of names) warnOfUnknownField(context, shown, { name, path: at });
}

function* fieldsOfList(list: unknown, path: JsonPath): Generator<[string, JsonPath]> {
  for (const key of FIELD_LISTS) yield* namesIn(partOf(list, key), [...path, key]);
  for (const key of RULE_LISTS) yield* fieldsIn(partOf(list, key), [...path, key]);
}

function* fieldsOfForm(form: unknown, path: JsonPath): Generator<[string, JsonPath]> {
  for (const key of ['sections', 'groups'] as const) {
    for (const [index, section] of itemsOf(partOf(form, key))) {
      yield* namesIn(partOf(section, 'fields'), [...path, key, index, 'fields']);
    }
  }
}

/** A field is named by a text or by an object with the key `field`. */
function* namesIn(items: unknown, path: JsonPath): Generator<[string, JsonPath]> {
  for (const [index, item] of itemsOf(items)) {
    const name = textOf(item);
    if (name !== undefined) yield [name, [...path, index]];
  }
  yield* fieldsIn(items, path);
}

function* fieldsIn(items: unknown, path: JsonPath): Generator<[string, JsonPath]> {
  for (const [index, item] of itemsOf(items)) {
    const name = textOf(partOf(item, 'field'));
    if (name !== undefined) yield [name, [...path, index, 'field']];
  }
}
