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
    'Kind of node. start, end: where the flow starts and ends; decision: selects the next node by conditions; assignment: sets variables; loop: repeats nodes; create_record, update_record, delete_record, get_record: creates, updates, deletes or reads a record; http_request: sends an HTTP request; script: runs code; screen: shows a form to a user; wait: pauses until an event; subflow: runs another flow; connector_action: runs an action of a connector; parallel_gateway, join_gateway: start and end of parallel branches; boundary_event: handles an event of another node. Stored, not interpreted.',
  );
export type FlowNodeType = z.infer<typeof FlowNodeTypeEnum>;

const ConnectorConfigSchema = z.looseObject(
  lazyShape(() => ({
    connectorId: z.string().describe('Identifier of the connector.'),
    actionId: z.string().describe("Identifier of the connector's action."),
    input: Anything.optional().describe('Input of the action, by parameter name.'),
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
    required: z.boolean().optional().describe('Whether the value is required. Defaults to false.'),
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
        'Kind of event after which the flow is to continue. timer: a duration has elapsed; signal: a named signal arrives; webhook: an HTTP request arrives; manual: a user continues the flow; condition: a condition becomes true.',
      ),
    timerDuration: Text.describe('Duration for the event type timer, in ISO 8601 format, for example PT1H.'),
    signalName: Text.describe('Name of the signal for the event type signal.'),
    timeoutMs: Milliseconds.describe('Maximum waiting time in milliseconds, after which onTimeout applies.'),
    onTimeout: z
      .enum(['fail', 'continue'])
      .optional()
      .describe(
        'Intended reaction to the timeout. fail: end the flow with an error; continue: continue with the next node. Defaults to fail.',
      ),
  })),
);
const BoundarySchema = z.looseObject(
  lazyShape(() => ({
    attachedToNodeId: z.string().describe('Identifier of the node that the boundary event is attached to.'),
    eventType: z
      .enum(['error', 'timer', 'signal', 'cancel'])
      .describe(
        'Kind of event to handle. error: the node fails; timer: a duration elapses; signal: a named signal arrives; cancel: the node is canceled.',
      ),
    interrupting: z
      .boolean()
      .optional()
      .describe('Whether the event should interrupt the node that it is attached to. Defaults to true.'),
    errorCode: Text.describe('Error code to handle, for the event type error. Defaults to every error code.'),
    timerDuration: Text.describe('Duration for the event type timer, in ISO 8601 format, for example PT1H.'),
    signalName: Text.describe('Name of the signal for the event type signal.'),
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
        'Connector action of a connector_action node. Stored, not interpreted.',
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
        'Event of a wait node, after which the flow is to continue. Stored, not interpreted.',
      ),
      boundaryConfig: BoundarySchema.optional().describe(
        'Event that a boundary_event node is to handle. Stored, not interpreted.',
      ),
    })),
  )
  .describe('Step of a flow. Stored, not interpreted.');
export type FlowNode = z.infer<typeof FlowNodeSchema>;
