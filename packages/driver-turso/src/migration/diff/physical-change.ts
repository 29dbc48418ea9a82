/** Change of the column of a remaining field. */
export type PhysicalChange =
  | 'add_column'
  | 'remove_column'
  | 'retype_field'
  | 'change_not_null'
  | 'change_reference';
