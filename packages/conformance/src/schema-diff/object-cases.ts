import type { ChangeCases } from './change-case.js';
import { changedObject } from './change-case.js';
import { type Fields, lookup, object, TEXT } from './objects.js';

const ACCOUNT = object('account', { name: TEXT });
const CONTACT = object('contact', { name: TEXT, account: lookup('account') });
const called = (name: string, former: string, fields: Fields = { name: TEXT }) =>
  object(name, fields, { renamedFrom: former });
const renamed = (name: string) => `rename_object:${name} renamed safe BC301`;

export const objectCases: ChangeCases = {
  'add-object': {
    what: 'an object that is added',
    before: [ACCOUNT],
    after: [ACCOUNT, object('note', { body: TEXT })],
    changes: ['add_object:note added safe SF001'],
  },
  'add-objects-in-circle': {
    what: 'objects that are added and refer to each other',
    before: [],
    after: [object('left', { other: lookup('right') }), object('right', { other: lookup('left') })],
    changes: ['add_object:left added safe SF001', 'add_object:right added safe SF001'],
  },
  'remove-object': {
    what: 'an object that is removed',
    before: [ACCOUNT, object('note', { body: TEXT, account: lookup('account') })],
    after: [ACCOUNT],
    changes: ['remove_object:note removed loses_data DS101'],
  },
  'remove-referred-object': {
    what: 'an object that is removed together with the lookup to it',
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
    what: 'objects that are removed and refer to each other',
    before: [object('left', { other: lookup('right') }), object('right', { other: lookup('left') })],
    after: [],
    changes: ['remove_object:left removed loses_data DS101', 'remove_object:right removed loses_data DS101'],
  },
  'remove-objects-in-line': {
    what: 'an object that is removed together with the one that it refers to',
    before: [
      ACCOUNT,
      object('aim', { user: lookup('user') }),
      object('user', { account: lookup('account') }),
    ],
    after: [],
    changes: ['account', 'aim', 'user'].map((name) => `remove_object:${name} removed loses_data DS101`),
  },
  'rename-object': {
    what: 'an object that is renamed',
    before: [object('account', { name: TEXT })],
    after: [called('company', 'account')],
    changes: [renamed('company')],
  },
  'rename-referred-object': {
    what: 'an object that is renamed and referred to',
    before: [ACCOUNT, CONTACT],
    after: [called('company', 'account'), object('contact', { name: TEXT, account: lookup('company') })],
    changes: [
      'change_field:contact.account modified safe SF005',
      changedObject('contact'),
      renamed('company'),
    ],
  },
  'rename-object-chain': {
    what: 'an object that takes the name of one that is renamed',
    before: [object('first', { name: TEXT }), object('second', { name: TEXT })],
    after: [called('second', 'first'), called('third', 'second')],
    changes: [renamed('second'), renamed('third')],
  },
  'swap-objects': {
    what: 'two objects that swap their names',
    before: [object('first', { name: TEXT }), object('second', { name: TEXT })],
    after: [called('second', 'first'), called('first', 'second')],
    changes: [renamed('first'), renamed('second')],
  },
  'rename-objects-in-circle': {
    what: 'three objects that pass their names around',
    before: ['first', 'second', 'third'].map((name) => object(name, { name: TEXT })),
    after: [called('second', 'first'), called('third', 'second'), called('first', 'third')],
    changes: [renamed('first'), renamed('second'), renamed('third')],
  },
  'swap-referring-objects': {
    what: 'two objects that refer to each other and swap their names',
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
    what: 'an object that refers to itself and is renamed',
    before: [object('node', { name: TEXT, up: lookup('node', { deleteBehavior: 'cascade' }) })],
    after: [called('leaf', 'node', { name: TEXT, up: lookup('leaf', { deleteBehavior: 'cascade' }) })],
    changes: [
      'change_field:leaf.up modified safe SF005',
      'rename_index:leaf.up renamed safe SF009',
      renamed('leaf'),
    ],
  },
  'rename-beside-removed': {
    what: 'an object that is renamed while one that refers to it is removed',
    before: [ACCOUNT, CONTACT],
    after: [called('company', 'account')],
    changes: ['remove_object:contact removed loses_data DS101', renamed('company')],
  },
  'replace-object': {
    what: 'an object that takes the name of one that is removed',
    before: [object('first', { name: TEXT }), object('second', { name: TEXT })],
    after: [called('second', 'first')],
    changes: [renamed('second'), 'remove_object:second removed loses_data DS101'],
  },
  'unproven-object': {
    what: 'an object whose previous name no object has',
    before: [ACCOUNT],
    after: [ACCOUNT, called('client', 'contact')],
    changes: ['add_object:client added unproven_rename RN401'],
  },
  'new-object-with-names': {
    what: 'an object of whose listed previous names no object has any',
    before: [ACCOUNT],
    after: [ACCOUNT, object('client', { name: TEXT }, { renamedFrom: ['contact', 'person'] })],
    changes: ['add_object:client added safe SF001'],
  },
  'rename-object-twice': {
    what: 'an object with one of its listed previous names, which a new object has again',
    before: [ACCOUNT],
    after: [ACCOUNT, object('client', { name: TEXT }, { renamedFrom: ['contact', 'account'] })],
    changes: ['add_object:account added safe SF001', renamed('client')],
  },
  'describe-object': {
    what: 'an object of which only words change',
    before: [ACCOUNT],
    after: [object('account', { name: TEXT }, { label: 'Customer', description: 'Who pays.' })],
    changes: [changedObject('account')],
    isWords: true,
  },
};
