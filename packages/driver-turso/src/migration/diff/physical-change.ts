/** What happens to the column of a field that stays. */
export type PhysicalChange =
  | 'add_column'
  | 'remove_column'
  | 'retype_field'
  | 'change_not_null'
  | 'change_reference';
