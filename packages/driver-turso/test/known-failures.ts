const BEFORE_ITS_TABLE = 'records come back while the table that they refer to is not there';
const NO_SUCH_NAME = 'an index that goes is told by a name that its column never had';
const LOOKS_THE_SAME = 'a table whose columns look the same afterwards is not renamed';

/** What the service does not do yet, and why. */
export const KNOWN_FAILURES: Readonly<Record<string, string>> = {
  'schema-diff-service/change/remove-lookup': NO_SUCH_NAME,
  'schema-diff-service/change/remove-referred-object': NO_SUCH_NAME,
  'schema-diff-service/change/swap-fields': LOOKS_THE_SAME,
  'schema-diff-service/keep/swap-fields': LOOKS_THE_SAME,
  'schema-diff-service/undo/remove-objects-in-circle': BEFORE_ITS_TABLE,
  'schema-diff-service/undo/remove-objects-in-line': BEFORE_ITS_TABLE,
  'schema-diff-service/rollback/gone-target-of-object':
    'the preflight does not look at the records of an object that comes back',
  'schema-diff-service/preflight/duplicates-by-conversion':
    'the preflight looks only at unique indexes that are new',
  'schema-diff-service/kept/swept-after-planning': 'the plan runs into a table that is gone, as sql_error',
  'schema-diff-service/names/truth':
    'a column called true or false loses its name while its table is made anew',
  'schema-diff-service/owner/referred-by-another':
    'the table of another owner goes on referring to the table that was dropped',
};
