import { DeployBundleSchema } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { bundleComponents } from './bundle-components.js';

describe('bundleComponents', () => {
  it('returns every view, flow and permission set with its content', () => {
    const views = [
      { name: 'people', list: { columns: ['name'], kanban: { groupByField: 'team', zoom: 1 } } },
    ];
    const flows = [
      { name: 'greet', type: 'api', nodes: [{ id: 'a', type: 'start', config: { b: 1 } }], edges: [] },
    ];
    const permissions = [{ name: 'staff', objects: { person: { allowRead: true } }, madeUp: true }];
    const bundle = DeployBundleSchema.parse({ manifest: { version: '1.0.0' }, views, flows, permissions });
    expect(bundleComponents(bundle)).toEqual([
      { kind: 'view', name: 'people', definition: views[0] },
      { kind: 'flow', name: 'greet', definition: flows[0] },
      { kind: 'permission', name: 'staff', definition: permissions[0] },
    ]);
  });
});
