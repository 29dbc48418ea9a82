import * as z from 'zod';
import { MachineNameSchema } from '../shared/names.zod.js';

const Carried = z.unknown().optional().describe('Carried.');

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
  .describe('What a node does.');
export type FlowNodeType = z.infer<typeof FlowNodeTypeEnum>;

export const FlowNodeSchema = z
  .looseObject({
    id: z.string().min(1).describe('Id within the flow.'),
    type: FlowNodeTypeEnum,
    label: z.string().optional().describe('Text that a person sees.'),
    config: Carried,
    connectorConfig: Carried,
    position: Carried,
    timeoutMs: z.int().min(0).optional().describe('Carried.'),
    inputSchema: Carried,
    outputSchema: Carried,
    waitEventConfig: Carried,
    boundaryConfig: Carried,
  })
  .describe('A step of a flow.');
export type FlowNode = z.infer<typeof FlowNodeSchema>;

export const FlowEdgeSchema = z
  .looseObject({
    id: z.string().min(1).describe('Id within the flow.'),
    source: z.string().describe('Node that the edge leaves.'),
    target: z.string().describe('Node that the edge enters.'),
    type: z.enum(['default', 'fault', 'conditional']).optional().describe('Absent: default.'),
    condition: z.string().optional().describe('Carried.'),
    label: z.string().optional().describe('Carried.'),
    isDefault: z.boolean().optional().describe('Carried.'),
  })
  .describe('A way from one node to the next.');
export type FlowEdge = z.infer<typeof FlowEdgeSchema>;

export const FlowSchema = z
  .looseObject({
    name: MachineNameSchema,
    label: z.string().optional().describe('Text that a person sees.'),
    description: z.string().optional().describe('What the flow is for.'),
    version: z.int().optional().describe('Carried.'),
    status: z.enum(['draft', 'active', 'obsolete', 'invalid']).optional().describe('Carried.'),
    template: z.boolean().optional().describe('Carried.'),
    type: z
      .enum(['autolaunched', 'record_change', 'schedule', 'screen', 'api'])
      .describe('What starts the flow.'),
    variables: z
      .array(
        z.looseObject({
          name: z.string().describe('Name of the variable.'),
          type: z.string().describe('Type of its value.'),
          isInput: z.boolean().optional().describe('Carried.'),
          isOutput: z.boolean().optional().describe('Carried.'),
        }),
      )
      .optional()
      .describe('Carried.'),
    nodes: z.array(FlowNodeSchema).describe('The steps.'),
    edges: z.array(FlowEdgeSchema).describe('The ways between them.'),
    active: z.boolean().optional().describe('Carried.'),
    runAs: z.enum(['system', 'user']).optional().describe('Carried.'),
    errorHandling: Carried,
  })
  .describe('An automation. Stored and returned; nothing here runs it yet.');
export type Flow = z.infer<typeof FlowSchema>;
