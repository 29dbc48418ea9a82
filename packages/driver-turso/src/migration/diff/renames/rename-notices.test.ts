import { describe, expect, it } from 'vitest';
import { object } from '../../../../test/database.js';
import { desiredSchema } from '../../../schema/desired-schema.js';
import { diff } from '../diff.js';

const text = { type: 'text' };
const number = { type: 'number' };
type Fields = Record<string, Record<string, unknown>>;

const definitionNotices = (
  before: Record<string, Fields>,
  after: Record<string, Fields & { renamedFrom?: never }>,
  hints = {},
) => {
  const objects = (world: Record<string, Fields>, rest: Record<string, object> = {}) =>
    Object.entries(world).map(([name, fields]) => object(name, fields, rest[name] as never));
  return diff(desiredSchema({ objects: objects(before) }), objects(after, hints)).notices.map(
    ({ code, object: of, field }) => `${code} ${of}${field ? `.${field}` : ''}`,
  );
};

describe('renameNotices', () => {
  it.each<[string, Fields, Fields, string[]]>([
    [
      'the only field of its type',
      { name: text, a: number },
      { name: text, b: number },
      ['probable_rename note.b'],
    ],
    ['another type', { name: text, a: number }, { name: text, b: text }, []],
    [
      'the one with the most similar name',
      { first_name: text, mail: text },
      { forename: text, mail_address: text },
      ['probable_rename note.mail_address'],
    ],
    ['no similar names among several', { alpha: text, beta: text }, { gamma: text, delta: text }, []],
    ['a hint that holds', { a: text }, { b: { ...text, renamedFrom: 'a' } }, []],
    [
      'a hint to a missing name',
      { a: text },
      { a: text, b: { ...text, renamedFrom: 'c' } },
      ['stale_rename_hint note.b'],
    ],
    [
      'a second rename with one name',
      { b: { ...text, renamedFrom: 'a' } },
      { c: { ...text, renamedFrom: 'b' } },
      ['incomplete_rename_hint note.c'],
    ],
    [
      'a second rename with both names',
      { b: { ...text, renamedFrom: 'a' } },
      { c: { ...text, renamedFrom: ['b', 'a'] } },
      [],
    ],
    ['a removal alone', { a: text, b: text }, { a: text }, []],
  ])('says of fields: %s', (_what, before, after, notices) => {
    expect(definitionNotices({ note: before }, { note: after })).toEqual(notices);
  });

  it('says of objects what shares most fields', () => {
    const fields = { name: text, size: number, mail: text };
    expect(
      definitionNotices(
        { client: fields, tag: { label: text } },
        { customer: { ...fields, since: { type: 'date' } }, color: { hex: text } },
      ),
    ).toEqual(['probable_rename customer']);
    expect(
      definitionNotices({ client: fields }, { customer: fields }, { customer: { renamedFrom: 'client' } }),
    ).toEqual([]);
    expect(
      definitionNotices(
        { client: fields },
        { order: { total: number } },
        { order: { renamedFrom: 'purchase' } },
      ),
    ).toEqual(['stale_rename_hint order']);
  });

  it('say which names the hint of an object leaves out', () => {
    const version = (name: string, renamedFrom: string | string[]) =>
      object(name, { a: text }, { renamedFrom });
    const current = desiredSchema({ objects: [version('contact', 'person')] });
    const [notice] = diff(current, [version('client', 'contact')]).notices;
    expect(notice).toMatchObject({ code: 'incomplete_rename_hint', object: 'client' });
    expect(notice?.message).toContain("renamedFrom: ['contact', 'person']");
    expect(diff(current, [version('client', ['contact', 'person'])]).notices).toEqual([]);
  });
});
