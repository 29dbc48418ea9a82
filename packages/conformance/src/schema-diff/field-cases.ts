import { type ChangeCases, changedObject } from './change-case.js';
import { type Fields, NUMBER, object, renamedFrom, STORED, TEXT } from './objects.js';

const thing = (fields: Fields) => [object('thing', fields)];
const CHANGED = changedObject('thing');
const renamed = (field: string) => `rename_field:thing.${field} renamed safe BC302`;

export const fieldCases: ChangeCases = {
  'add-field': {
    what: 'a field that is added',
    before: thing({ name: TEXT }),
    after: thing({ name: TEXT, size: NUMBER }),
    changes: ['add_field:thing.size added safe SF002', CHANGED],
  },
  'add-stored-field': {
    what: 'a field that is added and must hold a value, its default',
    before: thing({ name: TEXT }),
    after: thing({ name: TEXT, state: { ...STORED, defaultValue: 'new' } }),
    changes: ['add_field:thing.state added may_fail DD201', CHANGED],
  },
  'remove-field': {
    what: 'a field that is removed',
    before: thing({ name: TEXT, size: NUMBER }),
    after: thing({ name: TEXT }),
    changes: [CHANGED, 'remove_field:thing.size removed loses_data DS102'],
  },
  'rename-field': {
    what: 'a field that is renamed',
    before: thing({ name: TEXT, size: NUMBER }),
    after: thing({ name: TEXT, amount: renamedFrom('size', NUMBER) }),
    changes: [CHANGED, renamed('amount')],
  },
  'rename-field-chain': {
    what: 'a field that takes the name of one that is renamed',
    before: thing({ one: TEXT, two: TEXT }),
    after: thing({ two: renamedFrom('one'), three: renamedFrom('two') }),
    changes: [CHANGED, renamed('three'), renamed('two')],
  },
  'swap-fields': {
    what: 'two fields that swap their names',
    before: thing({ one: TEXT, two: TEXT }),
    after: thing({ two: renamedFrom('one'), one: renamedFrom('two') }),
    changes: [CHANGED, renamed('one'), renamed('two')],
  },
  'rename-fields-in-circle': {
    what: 'three fields that pass their names around',
    before: thing({ one: TEXT, two: NUMBER, three: TEXT }),
    after: thing({
      two: renamedFrom('one'),
      three: renamedFrom('two', NUMBER),
      one: renamedFrom('three'),
    }),
    changes: [CHANGED, renamed('one'), renamed('three'), renamed('two')],
  },
  'replace-field': {
    what: 'a field that takes the name of one that is removed',
    before: thing({ one: TEXT, two: NUMBER }),
    after: thing({ two: renamedFrom('one') }),
    changes: [CHANGED, 'remove_field:thing.two removed loses_data DS102', renamed('two')],
  },
  'rename-and-retype': {
    what: 'a field that is renamed and stored in another way',
    before: thing({ name: TEXT, size: NUMBER }),
    after: thing({ name: TEXT, amount: renamedFrom('size') }),
    changes: [CHANGED, 'rename_field:thing.amount renamed safe BC303'],
  },
  'demand-value': {
    what: 'a field that must hold a value from now on',
    before: thing({ name: STORED, state: { type: 'text', defaultValue: 'new' } }),
    after: thing({ name: STORED, state: { ...STORED, defaultValue: 'new' } }),
    changes: ['change_field:thing.state modified may_fail DD201', CHANGED],
  },
  'allow-empty': {
    what: 'a field that may be empty from now on',
    before: thing({ name: STORED, size: NUMBER }),
    after: thing({ name: TEXT, size: NUMBER }),
    changes: ['change_field:thing.name modified weakens_integrity WI403', CHANGED],
  },
  'compute-field': {
    what: 'a field that is added and has no column',
    before: thing({ name: TEXT }),
    after: thing({ name: TEXT, shown: { type: 'formula', expression: 'name' } }),
    changes: ['add_field:thing.shown added safe SF002', CHANGED],
    isWords: true,
  },
  'describe-field': {
    what: 'a field of which only words change, and rules that become wider',
    before: thing({ name: { type: 'text', maxLength: 20 } }),
    after: thing({ name: { type: 'text', label: 'Title', maxLength: 50 } }),
    changes: ['change_field:thing.name modified safe SF005', CHANGED],
    isWords: true,
  },
  'tighten-rules': {
    what: 'a field whose rules about values become stricter',
    before: thing({ name: TEXT }),
    after: thing({ name: { type: 'text', maxLength: 50 } }),
    changes: ['change_field:thing.name modified safe DD203', CHANGED],
    isWords: true,
  },
  'remove-rule': {
    what: 'a field that loses a limit of its values',
    before: thing({ name: { type: 'text', maxLength: 50 } }),
    after: thing({ name: TEXT }),
    changes: ['change_field:thing.name modified weakens_integrity WI404', CHANGED],
    isWords: true,
  },
  'require-field': {
    what: 'a field that becomes required, which records may be without',
    before: thing({ name: TEXT }),
    after: thing({ name: { ...TEXT, required: true } }),
    changes: ['change_field:thing.name modified may_fail DD201', CHANGED],
  },
  'unproven-field': {
    what: 'a field whose previous name no field has',
    before: thing({ name: TEXT }),
    after: thing({ name: TEXT, more: renamedFrom('nothing') }),
    changes: ['add_field:thing.more added unproven_rename RN401', CHANGED],
  },
  'new-field-with-names': {
    what: 'a field of whose listed previous names no field has any',
    before: thing({ name: TEXT }),
    after: thing({ name: TEXT, more: { ...TEXT, renamedFrom: ['nothing', 'void'] } }),
    changes: ['add_field:thing.more added safe SF002', CHANGED],
  },
  'rename-field-twice': {
    what: 'a field with one of its listed previous names, which a new field has again',
    before: thing({ name: TEXT }),
    after: thing({ name: TEXT, title: { ...TEXT, renamedFrom: ['label', 'name'] } }),
    changes: [
      'add_field:thing.name added safe SF002',
      'rename_field:thing.title renamed safe BC302',
      CHANGED,
    ],
  },
};
