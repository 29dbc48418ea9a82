import { describe, expect, it } from 'vitest';
import { bundleFromStack } from './bundle-from-stack.js';
import { validateBundle } from './validate-bundle.js';

const manifest = { id: 'com.example.shop', version: '1.0.0', type: 'app', name: 'Shop' };
const product = { name: 'product', fields: { name: { type: 'text' } } };
const grid = { type: 'grid', data: { provider: 'object', object: 'product' }, columns: ['name'] };
const seed = { object: 'product', records: [{ name: 'Chair' }] };

describe('bundleFromStack', () => {
  it('accepts collections as lists', () => {
    const flow = { name: 'order', type: 'api', nodes: [], edges: [] };
    const set = { name: 'clerk', objects: {} };
    const stack = { manifest, objects: [product], flows: [flow], permissions: [set], seedData: [seed] };
    expect(bundleFromStack(stack)).toEqual(stack);
    expect(validateBundle(bundleFromStack(stack)).errorCount).toBe(0);
  });

  it('accepts collections as maps by name', () => {
    const stack = {
      manifest,
      objects: { product: { fields: product.fields }, stock: { name: 'store', fields: {} } },
      flows: { order: { type: 'api', nodes: [], edges: [] } },
      permissions: { clerk: { objects: {} } },
      views: { product_list: { list: grid } },
      data: { product: { records: seed.records } },
    };
    const bundle = bundleFromStack(stack);
    expect(bundle).toMatchObject({
      objects: [product, { name: 'store' }],
      flows: [{ name: 'order' }],
      permissions: [{ name: 'clerk' }],
      views: [{ name: 'product_list', object: 'product', list: grid }],
      seedData: [seed],
    });
    expect(validateBundle(bundle).errorCount).toBe(0);
  });

  it.each([
    { stack: { data: [seed] }, records: 1 },
    { stack: { seedData: [seed] }, records: 1 },
    { stack: { seedData: [seed], data: { product: seed } }, records: 2 },
  ])('reads $records seed sets from data and seedData', ({ stack, records }) => {
    const bundle = bundleFromStack(stack);
    expect(bundle.seedData).toEqual(Array(records).fill(seed));
    expect(bundle).not.toHaveProperty('data');
  });

  it('stores file patterns and requested permissions of an authored manifest under `authored`', () => {
    const authored = { objects: ['./src/objects/*.yml'], permissions: ['system.user.read'] };
    const bundle = bundleFromStack({ manifest: { ...manifest, ...authored }, objects: [product] });
    expect(bundle.manifest).toEqual({ ...manifest, authored });
    expect(validateBundle(bundle)).toMatchObject({
      errorCount: 0,
      issues: [{ code: 'unknown_key', path: '/manifest/authored' }],
    });
  });

  it('copies every other key unchanged', () => {
    const hooks = [{ name: 'x' }];
    const bundle = bundleFromStack({ manifest, dashboards: { a: 1 }, hooks });
    expect(bundle).toEqual({ manifest, dashboards: { a: 1 }, hooks });
    expect(bundle.hooks).toBe(hooks);
  });

  it('derives unique view names from the object, then from the list', () => {
    const form = { form: { data: grid.data } };
    const views = [{ list: grid }, form, { name: 'product' }, { list: { name: 'all_orders' } }, {}];
    const bundle = bundleFromStack({ views });
    expect(bundle.views?.map(({ name, object }) => [name, object])).toEqual([
      ['product_2', 'product'],
      ['product_3', 'product'],
      ['product', undefined],
      ['all_orders', undefined],
      ['view', undefined],
    ]);
  });

  it('keeps an existing name and object of a view', () => {
    const view = { name: 'mine', object: 'store', list: grid };
    expect(bundleFromStack({ views: { other: view } }).views).toEqual([view]);
  });

  it('does not modify its argument', () => {
    const stack = { manifest, objects: { product: { fields: {} } }, views: [{ list: grid }], data: [seed] };
    const before = structuredClone(stack);
    bundleFromStack(stack);
    expect(stack).toEqual(before);
  });

  it.each([undefined, null, 'text', 7, [], () => 1])('refuses %s', (stack) => {
    const refusal = expect.objectContaining({ code: 'invalid_bundle', details: { path: '' } });
    expect(() => bundleFromStack(stack)).toThrow(refusal);
  });

  it.each([
    { stack: { objects: 7 }, path: '/objects' },
    { stack: { views: ['x'] }, path: '/views/0' },
    { stack: { flows: { a: null } }, path: '/flows/0' },
    { stack: JSON.parse('{"objects":{"__proto__":{"fields":{}}}}'), path: '/objects/0/name' },
  ])('leaves the invalid value at $path to validation', ({ stack, path }) => {
    const { issues } = validateBundle(bundleFromStack({ manifest, ...stack }));
    expect(issues.map((issue) => issue.path)).toContain(path);
  });
});
