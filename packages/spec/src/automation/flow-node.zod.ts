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
  .describe(
    'Kind of node. start, end: where the flow starts and ends; decision: branches by conditions; assignment: sets variables; loop: repeats nodes; create_record, update_record, delete_record, get_record: access records; http_request: sends an HTTP request; script: runs code; screen: shows a form; wait: waits for an event; subflow: runs another flow; connector_action: calls a connector; parallel_gateway, join_gateway: start and join parallel branches; boundary_event: handles an event of another node. Stored, not interpreted.',
  );
export type FlowNodeType = z.infer<typeof FlowNodeTypeEnum>;

const ConnectorConfigSchema = z.looseObject(
  lazyShape(() => ({
    connectorId: z.string().describe('Identifier of the connector to call.'),
    actionId: z.string().describe("Identifier of the connector's action to run."),
    input: Anything.optional().describe('Input passed to the action.'),
  })),
);
const PositionSchema = z.looseObject(
  lazyShape(() => ({
    x: z.number().describe('Horizontal distance from the left edge of the canvas, in pixels.'),
    y: z.number().describe('Vertical distance from the top edge of the canvas, in pixels.'),
  })),
);
const InputSchema = z.looseObject(
  lazyShape(() => ({
    type: valueType.describe('Data type of the value.'),
    required: z.boolean().optional().describe('Whether the value is required. Default: false.'),
    description: Text.describe('Description of the input value.'),
  })),
);
const OutputSchema = z.looseObject(
  lazyShape(() => ({
    type: valueType.describe('Data type of the value.'),
    description: Text.describe('Description of the output value.'),
  })),
);
const WaitEventSchema = z.looseObject(
  lazyShape(() => ({
    eventType: z
      .enum(['timer', 'signal', 'webhook', 'manual', 'condition'])
      .describe(
        'Kind of event that ends the wait. timer: a duration has elapsed; signal: a named signal arrives; webhook: an HTTP request arrives; manual: a user continues the flow; condition: a condition becomes true.',
      ),
    timerDuration: Text.describe('Duration of a timer wait in ISO 8601 format, for example PT1H.'),
    signalName: Text.describe('Name of the signal that ends a signal wait.'),
    timeoutMs: Milliseconds.describe('Maximum waiting time in milliseconds.'),
    onTimeout: z
      .enum(['fail', 'continue'])
      .optional()
      .describe(
        'Action to take after the timeout. fail: the flow fails; continue: the flow continues with the next node. Default: fail.',
      ),
  })),
);
const BoundarySchema = z.looseObject(
  lazyShape(() => ({
    attachedToNodeId: z.string().describe('Identifier of the node that the boundary event is attached to.'),
    eventType: z
      .enum(['error', 'timer', 'signal', 'cancel'])
      .describe(
        'Kind of event to listen for. error: the node fails; timer: a duration elapses; signal: a named signal arrives; cancel: the node is canceled.',
      ),
    interrupting: z
      .boolean()
      .optional()
      .describe('Whether the event interrupts the node that it is attached to. Default: true.'),
    errorCode: Text.describe('Error code that triggers an error event. If omitted, any error does.'),
    timerDuration: Text.describe(
      'Duration after which a timer event is triggered, in ISO 8601 format, for example PT1H.',
    ),
    signalName: Text.describe('Name of the signal that triggers a signal event.'),
  })),
);

export const FlowNodeSchema = z
  .looseObject(
    lazyShape(() => ({
      id: z
        .string()
        .min(1)
        .describe('Identifier of the node, unique within the flow. Stored, not interpreted.'),
      type: FlowNodeTypeEnum,
      label: Text.describe('Display name of the node. Stored, not interpreted.'),
      config: Anything.optional().describe(
        'Configuration of the node; its keys depend on the node type. Stored, not interpreted.',
      ),
      connectorConfig: ConnectorConfigSchema.optional().describe(
        'Connector call that a connector node makes. Stored, not interpreted.',
      ),
      position: PositionSchema.optional().describe(
        'Position of the node on the canvas of a flow designer. Stored, not interpreted.',
      ),
      timeoutMs: Milliseconds.describe(
        'Maximum execution time of the node, in milliseconds. Stored, not interpreted.',
      ),
      inputSchema: z
        .record(z.string(), InputSchema)
        .optional()
        .describe('Input values of the node, by name. Stored, not interpreted.'),
      outputSchema: z
        .record(z.string(), OutputSchema)
        .optional()
        .describe('Output values of the node, by name. Stored, not interpreted.'),
      waitEventConfig: WaitEventSchema.optional().describe(
        'Event that a wait node waits for. Stored, not interpreted.',
      ),
      boundaryConfig: BoundarySchema.optional().describe(
        'Event that a boundary event node listens for. Stored, not interpreted.',
      ),
    })),
  )
  .describe('Step of a flow. Stored, not interpreted.');
export type FlowNode = z.infer<typeof FlowNodeSchema>;
