import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { AriaSchema, ObjectActionSchema } from './object-action.zod.js';

describe('AriaSchema', () => {
  it.each([{}, { ariaLabel: 'Close', role: 'button' }])('returns %j unchanged', (value) => {
    expect(AriaSchema.parse(value)).toEqual(value);
  });

  it.each([['role', { role: 1 }]])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(AriaSchema, change)).toEqual([path]);
  });
});

describe('ObjectActionSchema', () => {
  it.each([
    { name: 'a', label: 'A', locations: ['list_item'], type: 'flow', target: 'f', disabled: true },
    { name: 'a', label: 'A', body: { language: 'js', source: 'x', capabilities: ['log'] }, disabled: 'b' },
    {
      name: 'a',
      label: 'A',
      body: { language: 'expression', source: 'x' },
      params: [{ name: 'p', label: 'P', type: 'text' }],
    },
  ])('returns %j unchanged', (value) => {
    expect(ObjectActionSchema.parse(value)).toEqual(value);
  });

  it.each([
    ['name', { name: 'Close it' }],
    ['locations.0', { locations: ['footer'] }],
    ['component', { component: 'button' }],
    ['body.language', { body: { language: 'lua', source: 'x' } }],
    ['body.timeoutMs', { body: { language: 'js', source: 'x', timeoutMs: 0 } }],
    ['params.0.type', { params: [{ name: 'p', type: 'string' }] }],
    ['variant', { variant: 'loud' }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(ObjectActionSchema, { ...{ name: 'close', label: 'Close' }, ...change })).toEqual([
      path,
    ]);
  });
});
