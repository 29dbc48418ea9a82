import type { DriverCapabilities } from '@objectstack/spec/data';
import * as fc from 'fast-check';
import { usesOf } from './uses-of.js';

export const IDS = ['r1', 'r2', 'r3', 'r4'];
const NUMBERS = [-1, 0, 0.5, 2, 10];
const DAYS = ['2025-12-31', '2026-01-01', '2026-02-28'];

/** Texts to write and to search for. */
interface Texts {
  readonly any: readonly string[];
  readonly names: readonly string[];
  readonly codes: readonly string[];
  readonly nicks: readonly string[];
}
const TEXTS: Texts = {
  any: ['', 'a', 'A', 'ab', 'Ä', '😀', '%', 'b_'],
  names: ['Acme', 'Bolt', 'bolt', 'B'],
  codes: ['x', 'X', 'y'],
  nicks: ['n', 'N', 'm'],
};
/** Texts that every database sorts in the same order. */
const PLAIN_TEXTS: Texts = {
  any: ['', 'a', 'ab', 'b', 'ba'],
  names: ['acme', 'bolt', 'cone', 'b'],
  codes: ['x', 'y', 'z'],
  nicks: ['n', 'm'],
};

type Values = Readonly<Record<string, fc.Arbitrary<unknown>>>;

/** What random operations may use: the fields with the values to write, and the capabilities of the driver. */
export interface RandomFields {
  readonly supports: DriverCapabilities;
  readonly texts: readonly string[];
  /** Fields of each object with the values to write; a few violate rules. */
  readonly fields: Readonly<Record<string, Values>>;
}

const orNull = <T>(values: readonly T[]) => fc.constantFrom(null, ...values);

const objectsOf = ({ any, names, codes, nicks }: Texts): Readonly<Record<string, Values>> => ({
  account: {
    name: fc.constantFrom(...names, null, 7),
    code: orNull(codes),
    nick: orNull(nicks),
    status: orNull(['open', 'closed', 'odd']),
    budget: orNull(NUMBERS),
    limit_amount: orNull(NUMBERS),
    active: orNull([true, false]),
    opened_on: orNull(DAYS),
    notes: orNull(any),
    tags: orNull([['t'], [], ['t', 'u']]),
  },
  contact: {
    name: orNull(any),
    account: orNull([...IDS, 'no_such_id']),
    partners: orNull([['r1', 'r2'], ['gone'], []]),
  },
  invoice: { account: orNull(IDS), amount: orNull(NUMBERS) },
  folder: { name: orNull(any), parent: orNull(IDS) },
  booking: { day: orNull(DAYS), room: orNull(['r1', 'r2']), guest: orNull(any) },
});

/** Objects that the operations use. */
export const MODEL_OBJECTS: readonly string[] = Object.keys(objectsOf(TEXTS));

export function randomFields(supports: DriverCapabilities): RandomFields {
  const texts = supports.binaryCollation ? TEXTS : PLAIN_TEXTS;
  const isStored = (object: string, field: string) =>
    usesOf({ method: 'create', args: [object, { [field]: null }] }).every((kind) => supports[kind]);
  const storedOf = ([object, values]: [string, Values]) => [
    object,
    Object.fromEntries(Object.entries(values).filter(([field]) => isStored(object, field))),
  ];
  return {
    supports,
    texts: texts.any,
    fields: Object.fromEntries(Object.entries(objectsOf(texts)).map(storedOf)),
  };
}

export const fieldsOf = ({ fields }: RandomFields, object: string): Values => fields[object] ?? {};
export const namesOf = (random: RandomFields, object: string): string[] =>
  Object.keys(fieldsOf(random, object));

export const rarely = <T>(usual: fc.Arbitrary<T>, rare: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: rare });
