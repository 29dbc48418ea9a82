import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';

const Text = z.string().optional();
const Milliseconds = z.int().min(0).optional();
const Anything = z.record(z.string(), z.unknown());
const valueType = z.enum(['string', 'number', 'boolean', 'object', 'array']);

export const FlowNodeTypeEnum = z
  .enum([
    'start',
    'end',
    'decision',
    'assignment',
    'loop',
    'create_record',
    'update_record',
    'delete_record',
    'get_record',
    'http_request',
    'script',
    'screen',
    'wait',
    'subflow',
    'connector_action',
    'parallel_gateway',
    'join_gateway',
    'boundary_event',
  ])
  .describe('What a node does. Carried, not enforced.');
export type FlowNodeType = z.infer<typeof FlowNodeTypeEnum>;

const ConnectorConfigSchema = z.looseObject(
  lazyShape(() => ({
    connectorId: z.string().describe('Connector that is used.'),
    actionId: z.string().describe('What it is asked to do.'),
    input: Anything.optional().describe('What it is given.'),
  })),
);
const PositionSchema = z.looseObject(
  lazyShape(() => ({
    x: z.number().describe('Distance from the left.'),
    y: z.number().describe('Distance from the top.'),
  })),
);
const InputSchema = z.looseObject(
  lazyShape(() => ({
    type: valueType.describe('Type of the value.'),
    required: z.boolean().optional().describe('Whether it must be given. Absent: false.'),
    description: Text.describe('What the value is for.'),
  })),
);
const OutputSchema = z.looseObject(
  lazyShape(() => ({
    type: valueType.describe('Type of the value.'),
    description: Text.describe('What the value is.'),
  })),
);
const WaitEventSchema = z.looseObject(
  lazyShape(() => ({
    eventType: z.enum(['timer', 'signal', 'webhook', 'manual', 'condition']).describe('What ends the wait.'),
    timerDuration: Text.describe('Length of the wait, such as PT1H.'),
    signalName: Text.describe('Signal that ends it.'),
    timeoutMs: Milliseconds.describe('Longest wait.'),
    onTimeout: z.enum(['fail', 'continue']).optional().describe('What follows then. Absent: fail.'),
  })),
);
const BoundarySchema = z.looseObject(
  lazyShape(() => ({
    attachedToNodeId: z.string().describe('Node that is watched.'),
    eventType: z.enum(['error', 'timer', 'signal', 'cancel']).describe('What is watched for.'),
    interrupting: z.boolean().optional().describe('Whether the node is stopped. Absent: true.'),
    errorCode: Text.describe('Error that is meant. Absent: every one.'),
    timerDuration: Text.describe('Time after which it happens.'),
    signalName: Text.describe('Signal that is meant.'),
  })),
);

export const FlowNodeSchema = z
  .looseObject(
    lazyShape(() => ({
      id: z.string().min(1).describe('Id within the flow. Carried, not enforced.'),
      type: FlowNodeTypeEnum,
      label: Text.describe('Text that a person sees. Carried, not enforced.'),
      config: Anything.optional().describe('What the node needs to know. Carried, not enforced.'),
      connectorConfig: ConnectorConfigSchema.optional().describe(
        'What a connector is asked. Carried, not enforced.',
      ),
      position: PositionSchema.optional().describe('Place in the drawing. Carried, not enforced.'),
      timeoutMs: Milliseconds.describe('Longest run. Carried, not enforced.'),
      inputSchema: z
        .record(z.string(), InputSchema)
        .optional()
        .describe('Values that it takes, by name. Carried, not enforced.'),
      outputSchema: z
        .record(z.string(), OutputSchema)
        .optional()
        .describe('Values that it gives, by name. Carried, not enforced.'),
      waitEventConfig: WaitEventSchema.optional().describe('What it waits for. Carried, not enforced.'),
      boundaryConfig: BoundarySchema.optional().describe('What it watches for. Carried, not enforced.'),
    })),
  )
  .describe('A step of a flow. Carried, not enforced.');
export type FlowNode = z.infer<typeof FlowNodeSchema>;
