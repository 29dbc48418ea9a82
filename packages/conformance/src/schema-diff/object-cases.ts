import type { ChangeCases } from './change-case.js';
import { changedObject } from './change-case.js';
import { type Fields, lookup, object, TEXT } from './objects.js';

const ACCOUNT = object('account', { name: TEXT });
const CONTACT = object('contact', { name: TEXT, account: lookup('account') });
const called = (name: string, previous: string, fields: Fields = { name: TEXT }) =>
  object(name, fields, { renamedFrom: previous });
const renamed = (name: string) => `rename_object:${name} renamed safe BC301`;

export const objectCases: ChangeCases = {
  'add-object': {
    what: 'an added object',
    before: [ACCOUNT],
    after: [ACCOUNT, object('note', { body: TEXT })],
    changes: ['add_object:note added safe SF001'],
  },
  'add-objects-in-circle': {
    what: 'added objects that refer to each other',
    before: [],
    after: [object('left', { other: lookup('right') }), object('right', { other: lookup('left') })],
    changes: ['add_object:left added safe SF001', 'add_object:right added safe SF001'],
  },
  'remove-object': {
    what: 'a removed object',
    before: [ACCOUNT, object('note', { body: TEXT, account: lookup('account') })],
    after: [ACCOUNT],
    changes: ['remove_object:note removed loses_data DS101'],
  },
  'remove-referred-object': {
    what: 'a removed object together with the lookup to it',
    before: [ACCOUNT, CONTACT],
    after: [object('contact', { name: TEXT })],
    changes: [
      changedObject('contact'),
      'remove_field:contact.account removed loses_data DS102',
      'remove_index:contact.account removed safe SF006',
      'remove_object:account removed loses_data DS101',
    ],
  },
  'remove-objects-in-circle': {
    what: 'removed objects that refer to each other',
    before: [object('left', { other: lookup('right') }), object('right', { other: lookup('left') })],
    after: [],
    changes: ['remove_object:left removed loses_data DS101', 'remove_object:right removed loses_data DS101'],
  },
  'remove-objects-in-line': {
    what: 'a removed object together with the object that it refers to',
    before: [
      ACCOUNT,
      object('aim', { user: lookup('user') }),
      object('user', { account: lookup('account') }),
    ],
    after: [],
    changes: ['account', 'aim', 'user'].map((name) => `remove_object:${name} removed loses_data DS101`),
  },
  'rename-object': {
    what: 'a renamed object',
    before: [object('account', { name: TEXT })],
    after: [called('company', 'account')],
    changes: [renamed('company')],
  },
  'rename-referred-object': {
    what: 'a renamed object that is referenced',
    before: [ACCOUNT, CONTACT],
    after: [called('company', 'account'), object('contact', { name: TEXT, account: lookup('company') })],
    changes: [
      'change_field:contact.account modified safe SF005',
      changedObject('contact'),
      renamed('company'),
    ],
  },
  'rename-object-chain': {
    what: 'an object that takes the name of a renamed object',
    before: [object('first', { name: TEXT }), object('second', { name: TEXT })],
    after: [called('second', 'first'), called('third', 'second')],
    changes: [renamed('second'), renamed('third')],
  },
  'swap-objects': {
    what: 'two objects that swap names',
    before: [object('first', { name: TEXT }), object('second', { name: TEXT })],
    after: [called('second', 'first'), called('first', 'second')],
    changes: [renamed('first'), renamed('second')],
  },
  'rename-objects-in-circle': {
    what: 'three objects that exchange names in a cycle',
    before: ['first', 'second', 'third'].map((name) => object(name, { name: TEXT })),
    after: [called('second', 'first'), called('third', 'second'), called('first', 'third')],
    changes: [renamed('first'), renamed('second'), renamed('third')],
  },
  'swap-referring-objects': {
    what: 'two objects that refer to each other and swap names',
    before: [object('left', { other: lookup('right') }), object('right', { other: lookup('left') })],
    after: [
      called('right', 'left', { other: lookup('left') }),
      called('left', 'right', { other: lookup('right') }),
    ],
    changes: [
      'change_field:left.other modified safe SF005',
      'change_field:right.other modified safe SF005',
      'rename_index:left.other renamed safe SF009',
      'rename_index:right.other renamed safe SF009',
      renamed('left'),
      renamed('right'),
    ],
  },
  'rename-tree': {
    what: 'a renamed object that refers to itself',
    before: [object('node', { name: TEXT, up: lookup('node', { deleteBehavior: 'cascade' }) })],
    after: [called('leaf', 'node', { name: TEXT, up: lookup('leaf', { deleteBehavior: 'cascade' }) })],
    changes: [
      'change_field:leaf.up modified safe SF005',
      'rename_index:leaf.up renamed safe SF009',
      renamed('leaf'),
    ],
  },
  'rename-beside-removed': {
    what: 'a renamed object and a removed object that refers to it',
    before: [ACCOUNT, CONTACT],
    after: [called('company', 'account')],
    changes: ['remove_object:contact removed loses_data DS101', renamed('company')],
  },
  'replace-object': {
    what: 'an object that takes the name of a removed object',
    before: [object('first', { name: TEXT }), object('second', { name: TEXT })],
    after: [called('second', 'first')],
    changes: [renamed('second'), 'remove_object:second removed loses_data DS101'],
  },
  'unproven-object': {
    what: 'an object whose previous name does not exist',
    before: [ACCOUNT],
    after: [ACCOUNT, called('client', 'contact')],
    changes: ['add_object:client added unproven_rename RN401'],
  },
  'new-object-with-names': {
    what: 'an object none of whose listed previous names exists',
    before: [ACCOUNT],
    after: [ACCOUNT, object('client', { name: TEXT }, { renamedFrom: ['contact', 'person'] })],
    changes: ['add_object:client added safe SF001'],
  },
  'rename-object-twice': {
    what: 'an object with one of its listed previous names, which a new object takes',
    before: [ACCOUNT],
    after: [ACCOUNT, object('client', { name: TEXT }, { renamedFrom: ['contact', 'account'] })],
    changes: ['add_object:account added safe SF001', renamed('client')],
  },
  'describe-object': {
    what: 'an object with a changed description',
    before: [ACCOUNT],
    after: [object('account', { name: TEXT }, { label: 'Customer', description: 'Who pays.' })],
    changes: [changedObject('account')],
    isWords: true,
  },
};
