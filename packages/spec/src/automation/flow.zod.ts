import * as z from 'zod';
import { ExpressionSchema } from '../data/expression.zod.js';
import { lazyShape } from '../shared/lazy-shape.js';
import { MachineNameSchema } from '../shared/names.zod.js';
import { storedOnly } from '../shared/stored-only.js';
import { FlowNodeSchema } from './flow-node.zod.js';

const Flag = z.boolean().optional();
const Text = z.string().optional();
const StoredText = storedOnly(Text);
const StoredFlag = storedOnly(Flag);
const Count = z.int().min(0).optional();

export const FlowEdgeSchema = z
  .looseObject(
    lazyShape(() => ({
      id: z
        .string()
        .min(1)
        .describe('Identifier of the edge, unique within the flow. Stored, not interpreted.'),
      source: z.string().describe('Identifier of the node where the edge starts. Stored, not interpreted.'),
      target: z.string().describe('Identifier of the node where the edge ends. Stored, not interpreted.'),
      type: z
        .enum(['default', 'fault', 'conditional'])
        .optional()
        .describe(
          'When the edge is followed. default: after the node succeeds; fault: after the node fails; conditional: if the condition holds. Default: default. Stored, not interpreted.',
        ),
      condition: ExpressionSchema.optional().describe(
        'Condition under which a conditional edge is followed. Stored, not interpreted.',
      ),
      label: Text.describe('Display name of the edge. Stored, not interpreted.'),
      isDefault: Flag.describe(
        "Whether the edge is followed if no other edge's condition holds. Stored, not interpreted.",
      ),
    })),
  )
  .describe('Connection from one node of a flow to another. Stored, not interpreted.');
export type FlowEdge = z.infer<typeof FlowEdgeSchema>;

export const FlowVariableSchema = z
  .looseObject(
    lazyShape(() => ({
      name: z.string().describe('Name of the variable, unique within the flow.'),
      type: z.string().describe("Data type of the variable's value."),
      isInput: Flag.describe('Whether the caller sets the variable when the flow starts. Default: false.'),
      isOutput: Flag.describe('Whether the flow returns the variable to its caller. Default: false.'),
    })),
  )
  .describe('Variable of a flow.');
export type FlowVariable = z.infer<typeof FlowVariableSchema>;

export const FlowErrorHandlingSchema = z
  .looseObject(
    lazyShape(() => ({
      strategy: z
        .enum(['fail', 'retry', 'continue'])
        .optional()
        .describe(
          'Action to take if a node fails. fail: the flow fails; retry: the node runs again; continue: the flow continues with the next node. Default: fail.',
        ),
      maxRetries: z.int().min(0).max(10).optional().describe('Maximum number of retries. Default: 0.'),
      retryDelayMs: Count.describe('Delay before the first retry, in milliseconds. Default: 1000.'),
      backoffMultiplier: z
        .number()
        .min(1)
        .optional()
        .describe('Factor by which the delay grows after each retry. Default: 1.'),
      maxRetryDelayMs: Count.describe('Maximum delay between two retries, in milliseconds. Default: 30000.'),
      jitter: Flag.describe(
        'Whether to vary the delays randomly, so that retries of many flows do not coincide. Default: false.',
      ),
      fallbackNodeId: Text.describe('Identifier of the node to continue with after all retries have failed.'),
    })),
  )
  .describe('Error handling of a flow: what to do if a node fails.');
export type FlowErrorHandling = z.infer<typeof FlowErrorHandlingSchema>;

export const FlowSchema = z
  .looseObject(
    lazyShape(() => ({
      name: MachineNameSchema,
      label: StoredText.describe('Display name of the flow. Stored, not interpreted.'),
      description: StoredText.describe("Description of the flow's purpose. Stored, not interpreted."),
      version: storedOnly(z.int().optional()).describe(
        'Version number of the flow. Default: 1. Stored, not interpreted.',
      ),
      status: storedOnly(z.enum(['draft', 'active', 'obsolete', 'invalid']).optional()).describe(
        'Lifecycle status of the flow. draft: being edited; active: ready to run; obsolete: replaced or retired; invalid: contains errors. Default: draft. Stored, not interpreted.',
      ),
      template: StoredFlag.describe(
        'Whether the flow is a template for other flows. Stored, not interpreted.',
      ),
      type: storedOnly(z.enum(['autolaunched', 'record_change', 'schedule', 'screen', 'api'])).describe(
        'What starts the flow. autolaunched: another flow or code; record_change: a write to a record; schedule: a time; screen: a user; api: a request. Stored, not interpreted.',
      ),
      variables: storedOnly(z.array(FlowVariableSchema).optional()).describe(
        'List of variables that the flow uses. Stored, not interpreted.',
      ),
      nodes: storedOnly(z.array(FlowNodeSchema)).describe(
        'List of nodes: the steps of the flow. Stored, not interpreted.',
      ),
      edges: storedOnly(z.array(FlowEdgeSchema)).describe(
        'List of edges that connect the nodes. Stored, not interpreted.',
      ),
      active: StoredFlag.describe('Whether the flow is enabled. Default: false. Stored, not interpreted.'),
      runAs: storedOnly(z.enum(['system', 'user']).optional()).describe(
        'Permissions that the flow runs with. system: full access; user: those of the user who started it. Default: user. Stored, not interpreted.',
      ),
      errorHandling: storedOnly(FlowErrorHandlingSchema.optional()).describe(
        'Error handling: what to do if a node fails. Stored, not interpreted.',
      ),
    })),
  )
  .describe(
    'Automation: nodes connected by edges. Stored and returned; this runtime does not execute flows.',
  );
export type Flow = z.infer<typeof FlowSchema>;
