import { validateBundle } from '@objectstack/runtime';
import type { DeployBundleInput } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { version1 } from './version-1.js';
import { version2 } from './version-2.js';
import { version3 } from './version-3.js';

const namesOf = (items: readonly { name: string }[] = []) => items.map(({ name }) => name);
const objectOf = ({ objects = [] }: DeployBundleInput, name: string) =>
  objects.find((object) => object.name === name);

describe.each([
  ['version1', version1],
  ['version2', version2],
  ['version3', version3],
])('%s', (_, bundle) => {
  it('is valid; the only issues are the two lookups with several values', () => {
    const result = validateBundle(bundle);
    expect(result).toMatchObject({ valid: true, errorCount: 0, warningCount: 0 });
    expect(
      result.issues.map(({ severity, code, path }) => [severity, code, path.replace(/\d+/, '*')]).sort(),
    ).toEqual([
      ['info', 'foreign_key_not_made', '/objects/*/fields/fits/multiple'],
      ['info', 'foreign_key_not_made', '/objects/*/fields/helpers/multiple'],
    ]);
  });

  it('lists its contents in the manifest', () => {
    const { manifest } = bundle;
    expect(manifest.objects).toEqual(namesOf(bundle.objects));
    expect(manifest.views).toEqual(namesOf(bundle.views));
    expect(manifest.flows).toEqual(namesOf(bundle.flows));
    expect(manifest.permissions).toEqual(namesOf(bundle.permissions));
  });
});

describe('version1', () => {
  it('has eleven objects and 52 seed records', () => {
    expect(version1.objects).toHaveLength(11);
    expect(version1.seedData?.flatMap(({ records }) => records)).toHaveLength(52);
  });
});

describe('version2', () => {
  it('preserves every object, field and index of version 1', () => {
    for (const object of version1.objects ?? []) {
      const later = objectOf(version2, object.name);
      expect(later?.fields).toMatchObject(object.fields);
      expect(later?.indexes ?? []).toEqual(expect.arrayContaining(object.indexes ?? []));
      expect(later?.validations).toEqual(object.validations);
    }
  });

  it('adds one object, fields, a lookup to the new object, indexes, a view and seeds', () => {
    const added = (name: string) =>
      Object.keys(objectOf(version2, name)?.fields ?? {}).filter(
        (field) => !Object.hasOwn(objectOf(version1, name)?.fields ?? {}, field),
      );
    expect(namesOf(version2.objects).filter((name) => !objectOf(version1, name))).toEqual(['inspection']);
    expect(added('machine')).toEqual(['next_inspection_on', 'insured_value']);
    expect(added('technician')).toEqual(['licenses', 'license_valid_until']);
    expect(added('ticket')).toEqual(['inspection', 'promised_at']);
    expect(objectOf(version2, 'ticket')?.fields.inspection?.reference).toBe('inspection');
    expect(objectOf(version2, 'machine')?.indexes).toContainEqual({ fields: ['next_inspection_on'] });
    expect(version2.views).toHaveLength(4);
    expect(
      version2.seedData?.slice(version1.seedData?.length).map(({ object, mode }) => [object, mode]),
    ).toEqual([
      ['inspection', undefined],
      ['machine', 'update'],
      ['technician', 'update'],
    ]);
  });
});
