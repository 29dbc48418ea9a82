import type { Checked, CheckedName, FieldsOf } from '../data/checked-object.js';
import type { KnownKeys } from '../shared/known-keys.js';
import type { View } from '../ui/view.zod.js';

/** The keys of a view. */
export interface ViewKeys extends KnownKeys<View> {
  name: string;
}

type CheckedColumn<Column, Fields> = Column extends string
  ? CheckedName<Column, Fields>
  : {
      [Key in keyof Column]: Key extends 'field' ? CheckedName<Column[Key], Fields> : Column[Key];
    };

type CheckedColumns<Columns, Fields> = {
  [Index in keyof Columns]: CheckedColumn<Columns[Index], Fields>;
};

/** A list of records of another object or from another source has other fields. */
type CheckedList<List, Fields> = List extends { readonly data: unknown }
  ? List
  : {
      [Key in keyof List]: Key extends 'columns' ? CheckedColumns<List[Key], Fields> : List[Key];
    };

type CheckedLists<Lists, Fields> = { [Name in keyof Lists]: CheckedList<Lists[Name], Fields> };

type WithCheckedColumns<V, Fields> = {
  [Key in keyof V]: Key extends 'list'
    ? CheckedList<V[Key], Fields>
    : Key extends 'listViews'
      ? CheckedLists<V[Key], Fields>
      : V[Key];
};

/** A view, or what it should be: the columns of its lists are fields of its object, if that is among the objects. */
export type CheckedView<V, Objects> = Checked<
  V,
  ViewKeys,
  V extends { readonly object: infer Name } ? WithCheckedColumns<V, FieldsOf<Objects, Name>> : V
>;
