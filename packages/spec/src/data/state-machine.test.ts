import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { StateMachineSchema, StateNodeSchema } from './state-machine.zod.js';

describe('StateNodeSchema', () => {
  it.each([
    {},
    { type: 'final', meta: { aiInstructions: 'Stop.' } },
    { initial: 'a', states: { a: { on: { GO: 'b' } }, b: {} } },
  ])('returns %j unchanged', (value) => {
    expect(StateNodeSchema.parse(value)).toEqual(value);
  });

  it.each([
    ['type', { type: 'last' }],
    ['states.a.type', { states: { a: { type: 'last' } } }],
    ['on.GO', { on: { GO: 7 } }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(StateNodeSchema, change)).toEqual([path]);
  });
});

describe('StateMachineSchema', () => {
  it.each([
    {
      id: 'm',
      initial: 'a',
      states: { a: {} },
      on: { GO: [{ target: 'a', cond: 'x', actions: ['y', { type: 'z' }] }] },
    },
  ])('returns %j unchanged', (value) => {
    expect(StateMachineSchema.parse(value)).toEqual(value);
  });

  it.each([
    ['id', { id: '' }],
    ['initial', { initial: undefined }],
    ['states', { states: [] }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(
      issuePaths(StateMachineSchema, { ...{ id: 'm', initial: 'a', states: { a: {} } }, ...change }),
    ).toEqual([path]);
  });
});
