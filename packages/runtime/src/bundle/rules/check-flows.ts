import type { Flow } from '@objectstack/spec/automation';
import type { JsonPath } from '@objectstack/spec/shared';
import { itemsOf, partOf, textOf } from '../part-of.js';
import type { RuleContext } from '../rule-context.js';
import { findObject } from './require-field.js';

/** Flows are stored but not interpreted: a reference to a missing component is a warning. */
export function checkFlows(context: RuleContext): void {
  for (const [index, flow] of context.bundle.flows.entries()) {
    const path = ['flows', index];
    checkNodes(context, flow, path);
    checkEdges(context, flow, path);
  }
}

function checkNodes(context: RuleContext, flow: Flow, path: JsonPath): void {
  const seen = new Set<string>();
  for (const [index, node] of itemsOf(flow.nodes)) {
    const at = [...path, 'nodes', index];
    const id = textOf(partOf(node, 'id'));
    if (id !== undefined && seen.has(id)) {
      const message = `The flow has two nodes with the id ${id}. Give each node its own id.`;
      context.issues.warning([...at, 'id'], { code: 'duplicate_name', message });
    }
    if (id !== undefined) seen.add(id);
    checkNodeObject(context, node, at);
  }
}

/** A name with braces is a placeholder that is resolved when the flow runs. */
function checkNodeObject(context: RuleContext, node: unknown, path: JsonPath): void {
  const objectName = textOf(partOf(partOf(node, 'config'), 'objectName'));
  if (objectName === undefined || objectName.includes('{')) return;
  findObject(context, objectName, [...path, 'config', 'objectName']);
}

function checkEdges({ issues }: RuleContext, flow: Flow, path: JsonPath): void {
  const nodes = new Set([...itemsOf(flow.nodes)].map(([, node]) => partOf(node, 'id')));
  for (const [index, edge] of itemsOf(flow.edges)) {
    for (const end of ['source', 'target'] as const) {
      const id = textOf(partOf(edge, end));
      if (id === undefined || nodes.has(id)) continue;
      const message = `The flow has no node ${id}.`;
      issues.warning([...path, 'edges', index, end], { code: 'missing_reference', message });
    }
  }
}
