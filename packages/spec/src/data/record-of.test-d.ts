import { describe, expectTypeOf, it } from 'vitest';
import type { DataRecord, RecordData } from '../contracts/driver-call.js';
import type { JsonValue } from '../shared/json.js';
import { defineObject } from './define-object.js';
import type { ObjectDefinition } from './object.zod.js';
import type { CreateRecordOf, RecordOf, UpdateRecordOf } from './record-of.js';

const account = defineObject({
  name: 'account',
  fields: {
    id: { type: 'text' },
    name: { type: 'text', required: true },
    number: { type: 'autonumber', format: 'A-{0000}' },
    stage: {
      type: 'select',
      options: [
        { label: 'Lead', value: 'lead', default: true },
        { label: 'Won', value: 'won' },
      ],
      required: true,
    },
    size: {
      type: 'radio',
      options: [
        { label: 'S', value: 's' },
        { label: 'L', value: 'l' },
      ],
    },
    regions: {
      type: 'multiselect',
      options: [
        { label: 'EU', value: 'eu' },
        { label: 'US', value: 'us' },
      ],
    },
    labels: { type: 'tags' },
    revenue: { type: 'currency' },
    active: { type: 'boolean', required: true, defaultValue: true },
    since: { type: 'date', required: true, defaultValue: null },
    seen_at: { type: 'datetime', readonly: true },
    owner: { type: 'user' },
    parent: { type: 'lookup', reference: 'account', required: true },
    partners: { type: 'lookup', reference: 'account', multiple: true },
    scores: { type: 'number', multiple: true, required: true },
    home: { type: 'address' },
    notes: { type: 'json' },
    total: { type: 'formula', expression: 'revenue * 2' },
    lines: { type: 'summary' },
  },
});
type Account = RecordOf<typeof account>;

describe('RecordOf', () => {
  it('is the type of a record that was read', () => {
    expectTypeOf<Account>().toEqualTypeOf<{
      id: string;
      created_at: string;
      updated_at: string;
      name: string;
      number: string | null;
      stage: 'lead' | 'won';
      size: 's' | 'l' | null;
      regions: ('eu' | 'us')[] | null;
      labels: string[] | null;
      revenue: number | null;
      active: boolean;
      since: string;
      seen_at: string | null;
      owner: string | null;
      parent: string;
      partners: string[] | null;
      scores: number[];
      home: JsonValue;
      notes: JsonValue;
    }>();
  });

  it('has no computed field and no unknown field', () => {
    expectTypeOf<Account>().not.toHaveProperty('total');
    expectTypeOf<Account>().not.toHaveProperty('lines');
    expectTypeOf<Account>().not.toHaveProperty('nmae');
  });

  it('rejects a value that is not an option, and null for a required field', () => {
    // @ts-expect-error lost is no stage
    expectTypeOf<Account['stage']>().toEqualTypeOf<'lead' | 'won' | 'lost'>();
    // @ts-expect-error name is required
    const name: Account['name'] = null;
    return name;
  });

  it('is assignable to a driver record; without a known object, it is any record', () => {
    expectTypeOf<Account>().toExtend<DataRecord>();
    expectTypeOf<RecordOf<ObjectDefinition>[string]>().toExtend<JsonValue>();
  });

  it('accepts any text if the options are not known', () => {
    type Loose = RecordOf<{
      fields: {
        stage: { type: 'select' };
        kind: { type: 'select'; options: { label: string; value: string }[] };
        any: { type: 'select'; options: [] };
      };
    }>;
    expectTypeOf<Loose['any']>().toEqualTypeOf<string | null>();
    expectTypeOf<Loose['stage']>().toEqualTypeOf<string | null>();
    expectTypeOf<Loose['kind']>().toEqualTypeOf<string | null>();
  });
});

describe('CreateRecordOf', () => {
  const least = { name: 'Ada', since: '2026-01-01', parent: 'a1', scores: [1] };

  it('requires fields that are required and have no default', () => {
    expectTypeOf<typeof least>().toExtend<CreateRecordOf<typeof account>>();
    expectTypeOf<Omit<typeof least, 'name'>>().not.toExtend<CreateRecordOf<typeof account>>();
    expectTypeOf<Omit<typeof least, 'since'>>().not.toExtend<CreateRecordOf<typeof account>>();
    expectTypeOf<CreateRecordOf<typeof account>>().toExtend<RecordData>();
  });

  it('accepts an id, but no field that the system or a counter sets', () => {
    expectTypeOf<keyof CreateRecordOf<typeof account>>().toEqualTypeOf<
      Exclude<keyof Account, 'created_at' | 'updated_at' | 'number' | 'seen_at'>
    >();
    // @ts-expect-error seen_at is readonly
    const record: CreateRecordOf<typeof account> = { ...least, seen_at: '2026-01-01T00:00:00.000Z' };
    return record;
  });

  it('rejects null for a required field, even if it has a default', () => {
    expectTypeOf<CreateRecordOf<typeof account>['active']>().toEqualTypeOf<boolean | undefined>();
    expectTypeOf<CreateRecordOf<typeof account>['stage']>().toEqualTypeOf<'lead' | 'won' | undefined>();
    expectTypeOf<CreateRecordOf<typeof account>['revenue']>().toEqualTypeOf<number | null | undefined>();
  });
});

describe('UpdateRecordOf', () => {
  it('requires no field, and accepts every writable one', () => {
    expectTypeOf<{ stage: 'won' }>().toExtend<UpdateRecordOf<typeof account>>();
    expectTypeOf<{ name: null }>().not.toExtend<UpdateRecordOf<typeof account>>();
    expectTypeOf<keyof UpdateRecordOf<typeof account>>().toEqualTypeOf<
      Exclude<keyof CreateRecordOf<typeof account>, 'id'>
    >();
  });
});

describe('a field with a backfill', () => {
  it('is required, because a backfill is not a default', () => {
    const tool = defineObject({
      name: 'tool',
      fields: { name: { type: 'text', required: true, backfill: 'unnamed' } },
    });
    expectTypeOf<CreateRecordOf<typeof tool>>().toExtend<{ name: string }>();
    expectTypeOf<Record<never, never>>().not.toExtend<CreateRecordOf<typeof tool>>();
  });
});
