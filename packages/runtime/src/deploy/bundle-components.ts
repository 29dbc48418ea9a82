import type { Component, DeployBundle } from '@objectstack/spec/system';

/** Views, flows and permission sets of a bundle as components. */
export function bundleComponents({ views, flows, permissions }: DeployBundle): Component[] {
  return [
    ...views.map((view): Component => ({ kind: 'view', name: view.name, definition: view })),
    ...flows.map((flow): Component => ({ kind: 'flow', name: flow.name, definition: flow })),
    ...permissions.map((set): Component => ({ kind: 'permission', name: set.name, definition: set })),
  ];
}
