import type { ObjectDefinition, SeedDataset } from '@objectstack/spec/data';
import { describe, expect, it } from 'vitest';
import { externalKeys, naturalKeyFields } from './seed-keys.js';

const text = { type: 'text' } as const;
const dataset = (object: string, externalId: SeedDataset['externalId']): SeedDataset => ({
  object,
  externalId,
  mode: 'upsert',
  env: ['prod'],
  records: [],
});
const person: ObjectDefinition = {
  name: 'person',
  fields: { name: text, code: text, mail: { ...text, externalId: true }, title: text },
};

describe('naturalKeyFields', () => {
  it.each([
    { what: 'name', definition: { ...person, fields: { name: text } }, datasets: [], fields: ['name'] },
    { what: 'the fields marked with externalId', definition: person, datasets: [], fields: ['mail', 'name'] },
    {
      what: 'displayNameField',
      definition: { ...person, displayNameField: 'title' },
      datasets: [],
      fields: ['mail', 'title'],
    },
    {
      what: 'the key of its seeds first',
      definition: person,
      datasets: [dataset('person', 'code'), dataset('other', 'title')],
      fields: ['code', 'mail', 'name'],
    },
    {
      what: 'no key of several fields',
      definition: person,
      datasets: [dataset('person', ['code', 'title'])],
      fields: ['mail', 'name'],
    },
    {
      what: 'no field that is not there',
      definition: { name: 'person', fields: {} },
      datasets: [dataset('person', 'code')],
      fields: [],
    },
  ])('gives $what', ({ definition, datasets, fields }) => {
    expect(naturalKeyFields(definition, datasets)).toEqual(fields);
  });
});

describe('externalKeys', () => {
  it('is a list, however it is written', () => {
    expect(externalKeys(dataset('person', 'code'))).toEqual(['code']);
    expect(externalKeys(dataset('person', ['code', 'name']))).toEqual(['code', 'name']);
  });
});
