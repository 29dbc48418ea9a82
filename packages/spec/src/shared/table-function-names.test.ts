import { describe, expect, it } from 'vitest';
import { isTableFunctionName } from './table-function-names.js';

describe('isTableFunctionName', () => {
  it.each(['json_each', 'json_tree', 'generate_series', 'fsdir', 'pragma_table_info', 'pragma_foreign_keys'])(
    'is true of %s',
    (name) => expect(isTableFunctionName(name)).toBe(true),
  );

  it.each(['account', 'json', 'pragma', 'pragma__account', 'my_json_each', 'fts5'])(
    'is false of %s',
    (name) => expect(isTableFunctionName(name)).toBe(false),
  );
});
