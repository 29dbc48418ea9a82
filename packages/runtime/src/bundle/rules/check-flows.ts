import type { Flow, FlowNode } from '@objectstack/spec/automation';
import type { JsonPath } from '@objectstack/spec/shared';
import type { RuleContext } from '../rule-context.js';
import { findObject } from './unknown-field.js';

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
  for (const [index, node] of flow.nodes.entries()) {
    const at = [...path, 'nodes', index];
    if (seen.has(node.id)) {
      const message = `The flow has two nodes with the id ${node.id}. Give each node its own id.`;
      context.issues.warning([...at, 'id'], { code: 'duplicate_name', message });
    }
    seen.add(node.id);
    checkNodeObject(context, node, at);
  }
}

/** A name with braces is a placeholder that is resolved when the flow runs. */
function checkNodeObject(context: RuleContext, { config }: FlowNode, path: JsonPath): void {
  const objectName = config?.objectName;
  if (typeof objectName !== 'string' || objectName.includes('{')) return;
  findObject(context, objectName, [...path, 'config', 'objectName']);
}

function checkEdges({ issues }: RuleContext, flow: Flow, path: JsonPath): void {
  const nodes = new Set(flow.nodes.map((node) => node.id));
  for (const [index, edge] of flow.edges.entries()) {
    for (const end of ['source', 'target'] as const) {
      if (nodes.has(edge[end])) continue;
      const message = `The flow has no node ${edge[end]}.`;
      issues.warning([...path, 'edges', index, end], { code: 'missing_reference', message });
    }
  }
}
