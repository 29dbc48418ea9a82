import { describe, expect, it } from 'vitest';
import * as postgres from './index.js';

describe('@objectstack/runtime/postgres', () => {
  it('exports exactly this', () => {
    expect(Object.keys(postgres)).toEqual(['postgresRegistry', 'postgresServerDatabases']);
  });
});
