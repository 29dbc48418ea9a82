import { describe, expectTypeOf, it } from 'vitest';
import { defineObject } from '../data/define-object.js';
import type { View } from '../ui/view.zod.js';
import { type BundleInput, defineBundle, type ObjectsOf } from './define-bundle.js';
import type { DeployBundleInput } from './deploy-bundle.zod.js';

const manifest = { version: '1.0.0' };

describe('defineBundle', () => {
  it('returns what the pipeline accepts', () => {
    const bundle = defineBundle({ manifest, objects: [{ name: 'a', fields: { b: { type: 'text' } } }] });
    expectTypeOf(bundle).toExtend<DeployBundleInput>();
  });

  it('derives the name lists and the checksum', () => {
    expectTypeOf<keyof BundleInput['manifest']>().toEqualTypeOf<
      'name' | 'id' | 'namespace' | 'version' | 'description' | 'type' | 'scope' | 'createdAt'
    >();
  });

  it('rejects a misspelled key of the bundle', () => {
    // @ts-expect-error seeds
    defineBundle({ manifest, objects: [], seeds: [] });
  });

  it('rejects a misspelled key of the manifest', () => {
    // @ts-expect-error verison
    defineBundle({ manifest: { version: '1.0.0', verison: '1.0.0' }, objects: [] });
  });

  it('rejects a misspelled key of an object and of a field', () => {
    // @ts-expect-error lable
    defineBundle({ manifest, objects: [{ name: 'a', lable: 'A', fields: {} }] });
    // @ts-expect-error requird
    defineBundle({ manifest, objects: [{ name: 'a', fields: { b: { type: 'text', requird: true } } }] });
  });

  it('rejects a misspelled key of a view, a flow, a permission set and a seed set', () => {
    // @ts-expect-error lable
    defineBundle({ manifest, objects: [], views: [{ name: 'v', lable: 'V' }] });
    defineBundle({
      manifest,
      objects: [],
      // @ts-expect-error lable
      flows: [{ name: 'f', type: 'api', nodes: [], edges: [], lable: 'F' }],
    });
    defineBundle({
      manifest,
      objects: [],
      // @ts-expect-error objcets
      permissions: [{ name: 'p', objcets: { a: { allowRead: true } } }],
    });
    // @ts-expect-error enviroment
    defineBundle({ manifest, objects: [], seedData: [{ object: 'a', records: [], enviroment: ['prod'] }] });
  });

  it('rejects unknown fields in columns of views and in summaries', () => {
    const note = defineObject({ name: 'note', fields: { size: { type: 'number' } } });
    const objects = [note] as const;
    // @ts-expect-error siz
    defineBundle({ manifest, objects, views: [{ name: 'v', object: 'note', list: { columns: ['siz'] } }] });
    defineBundle({
      manifest,
      objects,
      // @ts-expect-error siz
      views: [{ name: 'v', object: 'note', listViews: { all: { columns: [{ field: 'siz' }] } } }],
    });
    const sum = {
      type: 'summary',
      summaryOperations: { object: 'note', field: 'siz', function: 'sum' },
    } as const;
    // @ts-expect-error siz
    defineBundle({ manifest, objects: [note, { name: 'book', fields: { sum } }] });
  });

  it('accepts columns of other objects, of other sources, with paths and of views declared elsewhere', () => {
    const note = defineObject({ name: 'note', fields: { book: { type: 'lookup', reference: 'book' } } });
    const elsewhere: View = { name: 'w', object: 'note', list: { columns: ['siz'] } };
    const bundle = defineBundle({
      manifest,
      objects: [note],
      views: [
        elsewhere,
        {
          name: 'v',
          object: 'note',
          list: { columns: ['book', 'book.name', 'created_at', { field: 'id' }] },
        },
        { name: 'x', object: 'book', list: { columns: ['title'] } },
        { name: 'y', object: 'note', list: { columns: ['z'], data: { provider: 'api' } } },
        { name: 'z', list: { columns: ['title'] } },
      ],
    });
    expectTypeOf<ObjectsOf<typeof bundle>[0]['name']>().toEqualTypeOf<'note'>();
    expectTypeOf<ObjectsOf<{ objects: readonly [typeof note] }>[0]['name']>().toEqualTypeOf<'note'>();
    expectTypeOf<ObjectsOf<{ version: 1 }>>().toBeNever();
  });

  it('accepts stored-only values of any shape', () => {
    defineBundle({
      manifest,
      objects: [],
      views: [{ name: 'v', list: { type: 'chart', series: ['b'], exportOptions: { formats: ['csv'] } } }],
      flows: [{ name: 'f', type: 'webhook', nodes: [{ id: 'n', type: 'notify' }], edges: [] }],
      permissions: [{ name: 'p', objects: { a: { allowExport: true } }, rowLevelSecurity: { own: true } }],
    });
  });

  it('accepts any keys in seed records and stored-only values', () => {
    defineBundle({
      manifest,
      objects: [
        {
          name: 'a',
          fields: {},
          stateMachines: { m: { id: 'm', initial: 'a', states: { a: { meta: { anything: true } } } } },
        },
      ],
      seedData: [{ object: 'a', records: [{ whatever: 1 }] }],
    });
  });
});
