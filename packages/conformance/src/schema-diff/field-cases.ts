import { type ChangeCases, changedObject } from './change-case.js';
import { type Fields, NUMBER, object, renamedFrom, STORED, TEXT } from './objects.js';

const thing = (fields: Fields) => [object('thing', fields)];
const CHANGED = changedObject('thing');
const renamed = (field: string) => `rename_field:thing.${field} renamed safe BC302`;

export const fieldCases: ChangeCases = {
  'add-field': {
    what: 'an added field',
    before: thing({ name: TEXT }),
    after: thing({ name: TEXT, size: NUMBER }),
    changes: ['add_field:thing.size added safe SF002', CHANGED],
  },
  'add-stored-field': {
    what: 'an added NOT NULL field with a default',
    before: thing({ name: TEXT }),
    after: thing({ name: TEXT, state: { ...STORED, defaultValue: 'new' } }),
    changes: ['add_field:thing.state added may_fail DD201', CHANGED],
  },
  'remove-field': {
    what: 'a removed field',
    before: thing({ name: TEXT, size: NUMBER }),
    after: thing({ name: TEXT }),
    changes: [CHANGED, 'remove_field:thing.size removed loses_data DS102'],
  },
  'rename-field': {
    what: 'a renamed field',
    before: thing({ name: TEXT, size: NUMBER }),
    after: thing({ name: TEXT, amount: renamedFrom('size', NUMBER) }),
    changes: [CHANGED, renamed('amount')],
  },
  'rename-field-chain': {
    what: 'a field that takes the name of a renamed field',
    before: thing({ one: TEXT, two: TEXT }),
    after: thing({ two: renamedFrom('one'), three: renamedFrom('two') }),
    changes: [CHANGED, renamed('three'), renamed('two')],
  },
  'swap-fields': {
    what: 'two fields that swap names',
    before: thing({ one: TEXT, two: TEXT }),
    after: thing({ two: renamedFrom('one'), one: renamedFrom('two') }),
    changes: [CHANGED, renamed('one'), renamed('two')],
  },
  'rename-fields-in-circle': {
    what: 'three fields that exchange names in a cycle',
    before: thing({ one: TEXT, two: NUMBER, three: TEXT }),
    after: thing({
      two: renamedFrom('one'),
      three: renamedFrom('two', NUMBER),
      one: renamedFrom('three'),
    }),
    changes: [CHANGED, renamed('one'), renamed('three'), renamed('two')],
  },
  'replace-field': {
    what: 'a field that takes the name of a removed field',
    before: thing({ one: TEXT, two: NUMBER }),
    after: thing({ two: renamedFrom('one') }),
    changes: [CHANGED, 'remove_field:thing.two removed loses_data DS102', renamed('two')],
  },
  'rename-and-retype': {
    what: 'a renamed field with another storage',
    before: thing({ name: TEXT, size: NUMBER }),
    after: thing({ name: TEXT, amount: renamedFrom('size') }),
    changes: [CHANGED, 'rename_field:thing.amount renamed safe BC303'],
  },
  'demand-value': {
    what: 'a field that becomes NOT NULL',
    before: thing({ name: STORED, state: { type: 'text', defaultValue: 'new' } }),
    after: thing({ name: STORED, state: { ...STORED, defaultValue: 'new' } }),
    changes: ['change_field:thing.state modified may_fail DD201', CHANGED],
  },
  'allow-empty': {
    what: 'a field that becomes nullable',
    before: thing({ name: STORED, size: NUMBER }),
    after: thing({ name: TEXT, size: NUMBER }),
    changes: ['change_field:thing.name modified weakens_integrity WI403', CHANGED],
  },
  'compute-field': {
    what: 'an added field without a column',
    before: thing({ name: TEXT }),
    after: thing({ name: TEXT, shown: { type: 'formula', expression: 'name' } }),
    changes: ['add_field:thing.shown added safe SF002', CHANGED],
    isWords: true,
  },
  'describe-field': {
    what: 'a field with changed descriptions and relaxed rules',
    before: thing({ name: { type: 'text', maxLength: 20 } }),
    after: thing({ name: { type: 'text', label: 'Title', maxLength: 50 } }),
    changes: ['change_field:thing.name modified safe SF005', CHANGED],
    isWords: true,
  },
  'tighten-rules': {
    what: 'a field with stricter rules about its values',
    before: thing({ name: TEXT }),
    after: thing({ name: { type: 'text', maxLength: 50 } }),
    changes: ['change_field:thing.name modified safe DD203', CHANGED],
    isWords: true,
  },
  'remove-rule': {
    what: 'a field that loses a limit on its values',
    before: thing({ name: { type: 'text', maxLength: 50 } }),
    after: thing({ name: TEXT }),
    changes: ['change_field:thing.name modified weakens_integrity WI404', CHANGED],
    isWords: true,
  },
  'require-field': {
    what: 'a field that becomes required and may be missing in records',
    before: thing({ name: TEXT }),
    after: thing({ name: { ...TEXT, required: true } }),
    changes: ['change_field:thing.name modified may_fail DD201', CHANGED],
  },
  'unproven-field': {
    what: 'a field whose previous name does not exist',
    before: thing({ name: TEXT }),
    after: thing({ name: TEXT, more: renamedFrom('nothing') }),
    changes: ['add_field:thing.more added unproven_rename RN401', CHANGED],
  },
  'new-field-with-names': {
    what: 'a field none of whose listed previous names exists',
    before: thing({ name: TEXT }),
    after: thing({ name: TEXT, more: { ...TEXT, renamedFrom: ['nothing', 'void'] } }),
    changes: ['add_field:thing.more added safe SF002', CHANGED],
  },
  'rename-field-twice': {
    what: 'a field with one of its listed previous names, which a new field takes',
    before: thing({ name: TEXT }),
    after: thing({ name: TEXT, title: { ...TEXT, renamedFrom: ['label', 'name'] } }),
    changes: [
      'add_field:thing.name added safe SF002',
      'rename_field:thing.title renamed safe BC302',
      CHANGED,
    ],
  },
};
