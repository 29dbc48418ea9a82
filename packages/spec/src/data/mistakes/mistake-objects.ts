import type { ObjectInput } from '../define-object.js';

/** Objects that the examples of {@link MISTAKES} use; the conformance suite deploys them. */
export const MISTAKE_OBJECTS = {
  account: {
    name: 'account',
    fields: {
      name: { type: 'text', required: true, minLength: 2, maxLength: 20 },
      code: { type: 'text', unique: true },
      nick: { type: 'text', unique: true, caseSensitive: false },
      status: {
        type: 'select',
        options: [
          { label: 'Open', value: 'open', default: true },
          { label: 'Closed', value: 'closed' },
        ],
      },
      budget: { type: 'number', min: 0, max: 1_000_000 },
      limit_amount: { type: 'number' },
      active: { type: 'boolean' },
      opened_on: { type: 'date' },
      seen_at: { type: 'datetime' },
      calls_at: { type: 'time' },
      notes: { type: 'textarea' },
      email: { type: 'email' },
      tags: { type: 'tags' },
      extra: { type: 'json' },
      origin: { type: 'text', readonly: true, defaultValue: 'web' },
      joined_on: { type: 'date', defaultValue: '{today}' },
      author: { type: 'text', defaultValue: '{current_user}' },
      number: { type: 'autonumber', autonumberFormat: 'A-{000}' },
      label: { type: 'formula' },
    },
  },
  contact: {
    name: 'contact',
    fields: {
      name: { type: 'text' },
      account: { type: 'lookup', reference: 'account' },
      partners: { type: 'lookup', reference: 'account', multiple: true },
    },
  },
  invoice: {
    name: 'invoice',
    fields: {
      account: { type: 'lookup', reference: 'account', required: true, deleteBehavior: 'restrict' },
      amount: { type: 'currency' },
    },
  },
  folder: {
    name: 'folder',
    fields: { name: { type: 'text' }, parent: { type: 'tree', deleteBehavior: 'cascade' } },
  },
  booking: {
    name: 'booking',
    fields: { day: { type: 'date' }, room: { type: 'text' }, guest: { type: 'text' } },
    indexes: [{ fields: ['day', 'room'], unique: true }],
  },
  survey: {
    name: 'survey',
    fields: { topics: { type: 'tags', required: true } },
  },
} as const satisfies Record<string, ObjectInput>;

/** Records that exist when a call of {@link MISTAKES} is made, by object. */
export const MISTAKE_RECORDS = {
  account: [
    { id: 'a1', name: 'Acme', nick: 'Ace', notes: 'same', opened_on: '2026-01-01' },
    { id: 'a2', name: 'Bolt', code: 'C2', notes: 'same', tags: ['t'] },
  ],
  contact: [{ id: 'c1', name: 'Ann', account: 'a1' }],
  invoice: [{ id: 'i1', account: 'a2', amount: 1 }],
  folder: [{ id: 'f1', name: 'one' }],
  booking: [{ id: 'b1', day: '2026-01-01', room: 'r1' }],
  survey: [{ id: 's1', topics: ['t'] }],
} as const satisfies Record<keyof typeof MISTAKE_OBJECTS, readonly Record<string, unknown>[]>;
