import { type ChangeCases, changedObject } from './change-case.js';
import { type Fields, lookup, NUMBER, object, renamedFrom, TEXT } from './objects.js';

const thing = (fields: Fields, rest = {}) => object('thing', fields, rest);
const NAME = { name: TEXT };
const UNIQUE = { type: 'text', unique: true };
const TARGETS = [object('account', NAME), object('person', NAME)];
const owned = (owner: Readonly<Record<string, unknown>>) => [...TARGETS, thing({ ...NAME, owner })];
const CHANGED = changedObject('thing');
const field = (name: string, facts: string) => `change_field:thing.${name} modified ${facts}`;

export const indexCases: ChangeCases = {
  'add-index': {
    what: 'an added index',
    before: [thing(NAME)],
    after: [thing({ name: { type: 'text', index: true } })],
    changes: ['add_index:thing.name added safe SF003', field('name', 'safe SF005'), CHANGED],
  },
  'add-index-over-many': {
    what: 'an added index on several fields',
    before: [thing({ ...NAME, size: NUMBER })],
    after: [thing({ ...NAME, size: NUMBER }, { indexes: [{ fields: ['size', 'name'] }] })],
    changes: ['add_index:thing.size+name added safe SF003', CHANGED],
  },
  'add-unique-index': {
    what: 'an added unique index',
    before: [thing({ code: TEXT })],
    after: [
      thing(
        { code: { type: 'text', index: false } },
        { indexes: [{ fields: ['code', 'id'], unique: true }] },
      ),
    ],
    changes: ['add_index:thing.code+id added may_fail DD202', field('code', 'safe SF005'), CHANGED],
  },
  'remove-index': {
    what: 'a removed index',
    before: [thing({ code: UNIQUE })],
    after: [thing({ code: TEXT })],
    changes: [
      field('code', 'safe SF005'),
      CHANGED,
      'remove_index:thing.code removed weakens_integrity WI402',
    ],
  },
  'loosen-index': {
    what: 'a unique index that becomes non-unique',
    before: [thing({ code: UNIQUE })],
    after: [thing({ code: { type: 'text', index: true } })],
    changes: [
      'add_index:thing.code added safe SF003',
      field('code', 'safe SF005'),
      CHANGED,
      'remove_index:thing.code removed weakens_integrity WI402',
    ],
  },
  'rename-indexed-field': {
    what: 'a renamed indexed field',
    before: [thing({ code: UNIQUE })],
    after: [thing({ sign: renamedFrom('code', UNIQUE) })],
    changes: [
      CHANGED,
      'rename_field:thing.sign renamed safe BC302',
      'rename_index:thing.sign renamed safe SF009',
    ],
  },
  'rename-field-of-many': {
    what: 'a renamed field in an index on several fields',
    before: [thing({ ...NAME, size: NUMBER }, { indexes: [{ fields: ['size', 'name'] }] })],
    after: [
      thing({ ...NAME, length: renamedFrom('size', NUMBER) }, { indexes: [{ fields: ['length', 'name'] }] }),
    ],
    changes: [
      CHANGED,
      'rename_field:thing.length renamed safe BC302',
      'rename_index:thing.length+name renamed safe SF009',
    ],
  },
  'swap-field-and-lookup': {
    what: 'a text field and a lookup that swap names',
    before: owned(lookup('account')),
    after: [...TARGETS, thing({ owner: renamedFrom('name'), name: renamedFrom('owner', lookup('account')) })],
    changes: [
      CHANGED,
      'rename_field:thing.name renamed safe BC302',
      'rename_field:thing.owner renamed safe BC302',
      'rename_index:thing.name renamed safe SF009',
    ],
  },
  'require-lookup': {
    what: 'a lookup that becomes required, so that its target can no longer be deleted',
    before: owned(lookup('account')),
    after: owned(lookup('account', { required: true })),
    changes: [field('owner', 'may_fail DS104'), CHANGED],
  },
  'add-lookup': {
    what: 'an added lookup',
    before: [...TARGETS, thing(NAME)],
    after: owned(lookup('account')),
    changes: ['add_field:thing.owner added safe SF002', 'add_index:thing.owner added safe SF003', CHANGED],
  },
  'remove-lookup': {
    what: 'a removed lookup',
    before: owned(lookup('account')),
    after: [...TARGETS, thing(NAME)],
    changes: [
      CHANGED,
      'remove_field:thing.owner removed loses_data DS102',
      'remove_index:thing.owner removed safe SF006',
    ],
  },
  'change-delete-behavior': {
    what: 'a lookup with another delete behavior',
    before: owned(lookup('account')),
    after: owned(lookup('account', { deleteBehavior: 'restrict' })),
    changes: [field('owner', 'may_fail DS104'), CHANGED],
  },
  'free-lookup': {
    what: 'a lookup that becomes a text field',
    before: owned(lookup('account')),
    after: owned(TEXT),
    changes: [
      field('owner', 'weakens_integrity WI401'),
      CHANGED,
      'remove_index:thing.owner removed safe SF006',
    ],
  },
  'lose-target': {
    what: 'a lookup whose target object is removed',
    before: owned(lookup('person')),
    after: [object('account', NAME), thing({ ...NAME, owner: lookup('person') })],
    changes: [
      field('owner', 'may_fail DS104'),
      'remove_index:thing.owner removed safe SF006',
      'remove_object:person removed loses_data DS101',
    ],
  },
  'gain-target': {
    what: 'a lookup whose target object is added',
    before: [object('account', NAME), thing({ ...NAME, owner: lookup('person') })],
    after: owned(lookup('person')),
    changes: [
      'add_index:thing.owner added safe SF003',
      'add_object:person added safe SF001',
      field('owner', 'may_fail DS104'),
    ],
  },
};
