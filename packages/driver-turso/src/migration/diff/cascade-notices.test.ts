import type { ObjectDefinition } from '@objectstack/spec/data';
import { describe, expect, it } from 'vitest';
import { object } from '../../../test/database.js';
import { desiredSchema } from '../../schema/desired-schema.js';
import { createSqliteSchemaDiff } from '../schema-diff-service.js';

const account = object('account', { name: { type: 'text' } });
const partner = object('partner', { name: { type: 'text' } });
const lookup = (rest: object = {}) => ({ type: 'lookup', reference: 'account', ...rest });
const cascade = { deleteBehavior: 'cascade' };
const thing = (a: Record<string, unknown>, rest: object = {}) => object('thing', { a }, { ...rest });

const definitionNotices = (before: ObjectDefinition[], after: ObjectDefinition[]) =>
  createSqliteSchemaDiff()
    .diff(desiredSchema({ objects: before }), after)
    .notices.filter(({ code }) => code === 'deletes_cascade');

type Case = [what: string, before: ObjectDefinition[], after: ObjectDefinition[], about: string];
const base = [account, partner];

const CASES: Case[] = [
  ['emptied before', [...base, thing(lookup())], [...base, thing(lookup(cascade))], 'thing.a'],
  [
    'refused before',
    [...base, thing(lookup({ deleteBehavior: 'restrict' }))],
    [...base, thing(lookup(cascade))],
    'thing.a',
  ],
  [
    'required before, which restricts',
    [...base, thing(lookup({ required: true }))],
    [...base, thing(lookup({ required: true, ...cascade }))],
    'thing.a',
  ],
  [
    'of another kind before',
    [...base, thing(lookup())],
    [...base, thing({ ...lookup(cascade), type: 'master_detail' })],
    'thing.a',
  ],
  ['texts before', [...base, thing({ type: 'text' })], [...base, thing(lookup(cascade))], 'thing.a'],
  [
    'lists before',
    [...base, thing(lookup({ multiple: true, ...cascade }))],
    [...base, thing(lookup(cascade))],
    'thing.a',
  ],
  [
    'of another target before',
    [...base, thing(lookup({ reference: 'partner', ...cascade }))],
    [...base, thing(lookup(cascade))],
    'thing.a',
  ],
  [
    'without their target before',
    [partner, thing(lookup(cascade))],
    [...base, thing(lookup(cascade))],
    'thing.a',
  ],
  [
    'renamed with everything',
    [...base, thing(lookup())],
    [
      { ...account, name: 'company', renamedFrom: 'account' },
      partner,
      object(
        'item',
        { b: lookup({ reference: 'company', renamedFrom: 'a', ...cascade }) },
        { renamedFrom: 'thing' },
      ),
    ],
    'item.b',
  ],
  [
    'a tree of its own object',
    [object('thing', { a: { type: 'tree' } })],
    [object('thing', { a: { type: 'tree', ...cascade } })],
    'thing.a',
  ],
];

const NONE: [what: string, before: ObjectDefinition[], after: ObjectDefinition[]][] = [
  ['deleted before', [...base, thing(lookup(cascade))], [...base, thing(lookup({ label: 'x', ...cascade }))]],
  ['kept from now on', [...base, thing(lookup(cascade))], [...base, thing(lookup())]],
  ['of a new field', [account, object('thing', {})], [account, thing(lookup(cascade))]],
  ['of a new object', [account], [account, thing(lookup(cascade))]],
  [
    'in a list, which has no foreign key',
    [account, thing(lookup())],
    [account, thing(lookup({ multiple: true, ...cascade }))],
  ],
  ['of no known object', [thing(lookup())], [thing(lookup(cascade))]],
  [
    'deleted before, by other names',
    [account, thing(lookup(cascade))],
    [
      { ...account, name: 'company', renamedFrom: 'account' },
      object(
        'item',
        { b: lookup({ reference: 'company', renamedFrom: 'a', ...cascade }) },
        { renamedFrom: 'thing' },
      ),
    ],
  ],
];

describe('cascadeNotices', () => {
  it.each(CASES)('reports that records are deleted with their target: %s', (_what, before, after, about) => {
    expect(definitionNotices(before, after).map(({ object, field }) => `${object}.${field}`)).toEqual([
      about,
    ]);
  });

  it.each(NONE)('reports nothing about records %s', (_what, before, after) => {
    expect(definitionNotices(before, after)).toEqual([]);
  });
});
