import { text as textOf } from 'node:stream/consumers';
import { openObject } from '../data/object-definition.js';
import type { Action } from '../frame/command.js';
import { usageError } from '../frame/command-error.js';
import { parseJson } from '../frame/read-options.js';

/** Creates one record. */
export const insertData: Action = async (context, { args: [object = '', given] }) => {
  const text = given ?? (await textOf(context.environment.stdin));
  const value = parseJson(text, 'The record');
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw usageError('The record must be a JSON object. To create several records, use data import.');
  const { driver, definition } = await openObject(context, object);
  const record = await driver.create(definition.name, value as Record<string, unknown>, {
    signal: context.signal,
  });
  return { document: record, text: (style) => style.green(`✔ Created ${definition.name} ${record.id}.`) };
};
