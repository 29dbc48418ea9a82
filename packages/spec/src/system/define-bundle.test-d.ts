import { describe, expectTypeOf, it } from 'vitest';
import { type BundleInput, defineBundle } from './define-bundle.js';
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
    // @ts-expect-error stripd
    defineBundle({ manifest, objects: [], views: [{ name: 'v', list: { columns: ['b'], stripd: true } }] });
    defineBundle({
      manifest,
      objects: [],
      // @ts-expect-error lable
      flows: [{ name: 'f', type: 'api', nodes: [], edges: [], lable: 'F' }],
    });
    defineBundle({
      manifest,
      objects: [],
      // @ts-expect-error allowRaed
      permissions: [{ name: 'p', objects: { a: { allowRaed: true } } }],
    });
    // @ts-expect-error enviroment
    defineBundle({ manifest, objects: [], seedData: [{ object: 'a', records: [], enviroment: ['prod'] }] });
  });

  it('rejects a misspelled key inside stored-only metadata', () => {
    defineBundle({
      manifest,
      objects: [],
      // @ts-expect-error groupByFeild
      views: [{ name: 'v', list: { columns: [], kanban: { groupByField: 'a', groupByFeild: 'a' } } }],
    });
    const flow = { name: 'f', type: 'api' as const, edges: [] };
    const connectorConfig = { connectorId: 'x', actionId: 'y' };
    const node = { id: 'n', type: 'connector_action' } as const;
    defineBundle({ manifest, objects: [], flows: [{ ...flow, nodes: [{ ...node, connectorConfig }] }] });
    // @ts-expect-error config has a connectorId
    defineBundle({ manifest, objects: [], flows: [{ ...flow, nodes: [{ ...node, connectorConfig: {} }] }] });
    const rule = { name: 'r', object: 'a', operation: 'all' } as const;
    const permission = { name: 'p', objects: {} };
    defineBundle({
      manifest,
      objects: [],
      // @ts-expect-error usign
      permissions: [{ ...permission, rowLevelSecurity: [{ ...rule, usign: 'x' }] }],
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
