import { describe, expect, it } from 'vitest';
import { bundleFromStack } from './bundle-from-stack.js';
import { translateObject } from './translate-object.js';
import { validateBundle } from './validate-bundle.js';

const machine = { id: 'stages', initial: 'open', states: { open: {} } };
const older = {
  name: 'ticket',
  fields: [
    { name: 'urgent', type: 'checkbox', label: 'Urgent' },
    { name: 'code', type: 'autoNumber', format: 'T-{000}' },
    { name: 'parent', type: 'masterDetail', referenceTo: 'ticket' },
    { name: 'state', type: 'select', options: ['Open', 'Closed'], unique: 'organization' },
  ],
  stateMachine: machine,
};

describe('translateObject', () => {
  it('translates fields, types, options, references and state machines', () => {
    expect(translateObject(older)).toEqual({
      name: 'ticket',
      fields: {
        urgent: { name: 'urgent', type: 'boolean', label: 'Urgent' },
        code: { name: 'code', type: 'autonumber', format: 'T-{000}' },
        parent: { name: 'parent', type: 'master_detail', reference: 'ticket' },
        state: {
          name: 'state',
          type: 'select',
          options: ['Open', 'Closed'].map((value) => ({ label: value, value })),
          unique: 'organization',
        },
      },
      stateMachines: { stages: machine },
    });
  });

  it('makes a file of the older dialect valid', () => {
    const bundle = bundleFromStack({ manifest: { version: '1.0.0' }, objects: { ticket: older } });
    expect(validateBundle(bundle)).toMatchObject({ valid: true, errorCount: 0 });
  });

  it.each([
    null,
    'ticket',
    { name: 'a' },
    { fields: 7 },
    { fields: [{ type: 'text' }] },
    {
      fields: [
        { name: 'a', type: 'text' },
        { name: 'a', type: 'number' },
      ],
    },
    { fields: { a: { type: 'lookup', reference: 'x', referenceTo: 'y' } } },
    { fields: { a: { type: 'lookup', referenceTo: ['x', 'y'] } } },
    { fields: { a: { type: 'constructor' }, b: null } },
    { stateMachine: machine, stateMachines: {} },
    { stateMachine: 'x' },
  ])('leaves %j to validation', (object) => {
    expect(translateObject(object)).toEqual(object);
  });
});
