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
          'When the flow is to follow the edge. default: after the source node succeeds; fault: after the source node fails; conditional: if the condition holds. Defaults to default. Stored, not interpreted.',
        ),
      condition: ExpressionSchema.optional().describe(
        'Condition for following the edge, for the type conditional. Stored, not interpreted.',
      ),
      label: Text.describe('Display name of the edge. Stored, not interpreted.'),
      isDefault: Flag.describe(
        'Whether the flow is to follow this edge if no condition of the other edges of the source node holds. Defaults to false. Stored, not interpreted.',
      ),
    })),
  )
  .describe('Connection from one node of a flow to another. Stored, not interpreted.');
export type FlowEdge = z.infer<typeof FlowEdgeSchema>;

export const FlowVariableSchema = z
  .looseObject(
    lazyShape(() => ({
      name: z.string().describe('Name of the variable, unique within the flow.'),
      type: z
        .string()
        .describe("Data type of the variable's value, for example text or number. Any string is accepted."),
      isInput: Flag.describe('Whether the variable is an input of the flow. Defaults to false.'),
      isOutput: Flag.describe('Whether the variable is an output of the flow. Defaults to false.'),
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
          'Intended reaction to the failure of a node. fail: end the flow with an error; retry: repeat the node; continue: continue with the next node. Defaults to fail.',
        ),
      maxRetries: z.int().min(0).max(10).optional().describe('Maximum number of retries. Defaults to 0.'),
      retryDelayMs: Count.describe('Delay before the first retry, in milliseconds. Defaults to 1000.'),
      backoffMultiplier: z
        .number()
        .min(1)
        .optional()
        .describe('Factor by which the delay grows after each retry. Defaults to 1.'),
      maxRetryDelayMs: Count.describe(
        'Maximum delay between two retries, in milliseconds. Defaults to 30000.',
      ),
      jitter: Flag.describe(
        'Whether to vary the delays randomly, so that retries of many flows do not coincide. Defaults to false.',
      ),
      fallbackNodeId: Text.describe('Identifier of the node to continue with after all retries have failed.'),
    })),
  )
  .describe('Intended reaction of a flow to the failure of a node.');
export type FlowErrorHandling = z.infer<typeof FlowErrorHandlingSchema>;

export const FlowSchema = z
  .looseObject(
    lazyShape(() => ({
      name: MachineNameSchema.describe(
        'Name of the flow, unique among the flows of its owner (the tenant or an app).',
      ),
      label: StoredText.describe('Display name of the flow. Stored, not interpreted.'),
      description: StoredText.describe("Description of the flow's purpose. Stored, not interpreted."),
      version: storedOnly(z.int().optional()).describe(
        'Version number of the flow. Defaults to 1. Stored, not interpreted.',
      ),
      status: storedOnly(z.enum(['draft', 'active', 'obsolete', 'invalid']).optional()).describe(
        'Lifecycle status of the flow. draft: being edited; active: in use; obsolete: replaced by another flow or retired; invalid: contains errors. Defaults to draft. Stored, not interpreted.',
      ),
      template: StoredFlag.describe(
        'Whether the flow is a template for other flows. Stored, not interpreted.',
      ),
      type: storedOnly(z.enum(['autolaunched', 'record_change', 'schedule', 'screen', 'api'])).describe(
        'Intended trigger of the flow. autolaunched: a call by another flow or by code; record_change: a write to a record; schedule: a point in time; screen: a user; api: an API request. Stored, not interpreted.',
      ),
      variables: storedOnly(z.array(FlowVariableSchema).optional()).describe(
        'List of variables of the flow. Stored, not interpreted.',
      ),
      nodes: storedOnly(z.array(FlowNodeSchema)).describe(
        'List of nodes: the steps of the flow. Stored, not interpreted.',
      ),
      edges: storedOnly(z.array(FlowEdgeSchema)).describe(
        'List of edges that connect the nodes. Stored, not interpreted.',
      ),
      active: StoredFlag.describe('Whether the flow is enabled. Defaults to false. Stored, not interpreted.'),
      runAs: storedOnly(z.enum(['system', 'user']).optional()).describe(
        'Permissions requested for the flow. system: full access; user: the permissions of the user who starts the flow. Defaults to user. Stored, not interpreted.',
      ),
      errorHandling: storedOnly(FlowErrorHandlingSchema.optional()).describe(
        'Intended reaction to the failure of a node. Stored, not interpreted.',
      ),
    })),
  )
  .describe(
    'Automation: nodes connected by edges. Stored and returned; this runtime does not execute flows.',
  );
export type Flow = z.infer<typeof FlowSchema>;
