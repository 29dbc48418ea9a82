import { FieldTypeEnum } from '@objectstack/spec/data';
import { isSampled } from '@objectstack/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { type Conversion, conversionOf } from '../../src/migration/diff/conversions/conversion-of.js';
import { checkRetyping, fieldOf, nameOf } from '../retype/check-retyping.js';
import { type FieldType, likeOf } from '../retype/oracle.js';

const either = (type: string): FieldType[] => [false, true].map((multiple) => ({ type, multiple }));
const ALL = FieldTypeEnum.options.flatMap(either);
/** One of each kind of field; every other field is like one of them. */
const KINDS = [...new Set(ALL.map((field) => nameOf(likeOf(field))))].map(
  (name) => ALL.find((field) => nameOf(field) === name) as FieldType,
);

const sqlOf = (conversion: Conversion | null) =>
  conversion && [conversion.value('x'), conversion.fits?.('x'), conversion.isNullUnlessFits];

/** The fields whose values are converted: a quarter of the kinds unless tests are exhaustive. */
const SOURCES = KINDS.filter((_, index) => isSampled(index, 4));

let walked = 0;

describe('a field of one type that becomes one of another', () => {
  it.each(SOURCES.map((source) => [nameOf(source), source] as const))(
    'keeps every value of %s or counts it, and restores it',
    async (_name, source) => {
      const { wrong, values } = await checkRetyping(source, KINDS);
      expect(wrong).toEqual([]);
      walked += values * KINDS.length;
    },
  );

  it('is converted like a field of its kind, for every pair of types', () => {
    const known = new Map(
      KINDS.flatMap((from) =>
        KINDS.map(
          (to) => [`${nameOf(from)} ${nameOf(to)}`, sqlOf(conversionOf(fieldOf(from), fieldOf(to)))] as const,
        ),
      ),
    );
    for (const from of ALL)
      for (const to of ALL) {
        const like = known.get(`${nameOf(likeOf(from))} ${nameOf(likeOf(to))}`);
        const isLike =
          JSON.stringify(sqlOf(conversionOf(fieldOf(from), fieldOf(to)))) === JSON.stringify(like);
        expect(isLike, `${nameOf(from)} to ${nameOf(to)}`).toBe(true);
      }
  });

  afterAll(() =>
    console.log(
      `changes of types: ${ALL.length ** 2} pairs, like ${KINDS.length ** 2}, ${SOURCES.length * KINDS.length} of which were walked with ${walked} values`,
    ),
  );
});
