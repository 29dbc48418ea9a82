import { ObjectStackError } from '@objectstack/spec/shared';
import { SYSTEM_OBJECTS } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { throwMissingTables } from './throw-missing-tables.js';

const refused = (reason: string) =>
  new ObjectStackError({ code: 'sql_error', message: 'Refused.', details: { reason } });

function thrownFor(error: unknown): unknown {
  try {
    return throwMissingTables(error);
  } catch (thrown) {
    return thrown;
  }
}

describe('throwMissingTables', () => {
  it.each(Object.values(SYSTEM_OBJECTS).map(({ name }) => name))('reports that %s is missing', (name) => {
    const missing = { code: 'database_invalid', details: { reason: 'tables_missing' } };
    expect(thrownFor(refused(`no such table: ${name}`))).toMatchObject(missing);
    expect(thrownFor(refused(`no such table: main.${name}`))).toMatchObject(missing);
    expect(thrownFor(refused(`table ${name} has no column named x`))).toMatchObject(missing);
  });

  it.each([
    refused('no such table: invoice'),
    refused('no such table: main.invoice'),
    refused('no such column: invoice'),
    refused('table invoice has no column named x'),
    refused(`near "${SYSTEM_OBJECTS.seed.name}": syntax error`),
    new ObjectStackError({ code: 'database_busy', message: 'no such table: _os_object' }),
    new Error('no such table: _os_object'),
  ])('rethrows any other error unchanged: %s', (error) => {
    expect(thrownFor(error)).toBe(error);
  });
});
