import * as z from 'zod';
import { ExpressionSchema } from '../data/expression.zod.js';
import { lazyShape } from '../shared/lazy-shape.js';
import { MachineNameSchema } from '../shared/names.zod.js';
import { FlowNodeSchema } from './flow-node.zod.js';

const Flag = z.boolean().optional();
const Text = z.string().optional();
const Count = z.int().min(0).optional();

export const FlowEdgeSchema = z
  .looseObject(
    lazyShape(() => ({
      id: z.string().min(1).describe('Id within the flow. Carried, not enforced.'),
      source: z.string().describe('Node that the edge leaves. Carried, not enforced.'),
      target: z.string().describe('Node that the edge enters. Carried, not enforced.'),
      type: z
        .enum(['default', 'fault', 'conditional'])
        .optional()
        .describe('When it is taken. Absent: default. Carried, not enforced.'),
      condition: ExpressionSchema.optional().describe('What must hold. Carried, not enforced.'),
      label: Text.describe('Text that a person sees. Carried, not enforced.'),
      isDefault: Flag.describe('Whether it is taken where no other is. Carried, not enforced.'),
    })),
  )
  .describe('A way from one node to the next. Carried, not enforced.');
export type FlowEdge = z.infer<typeof FlowEdgeSchema>;

export const FlowVariableSchema = z
  .looseObject(
    lazyShape(() => ({
      name: z.string().describe('Name of the variable.'),
      type: z.string().describe('Type of its value.'),
      isInput: Flag.describe('Whether it is given at the start. Absent: false.'),
      isOutput: Flag.describe('Whether it is handed back at the end. Absent: false.'),
    })),
  )
  .describe('A value that a flow works with.');
export type FlowVariable = z.infer<typeof FlowVariableSchema>;

export const FlowErrorHandlingSchema = z
  .looseObject(
    lazyShape(() => ({
      strategy: z
        .enum(['fail', 'retry', 'continue'])
        .optional()
        .describe('What follows a failure. Absent: fail.'),
      maxRetries: z.int().min(0).max(10).optional().describe('Most repetitions. Absent: 0.'),
      retryDelayMs: Count.describe('Pause before the first one. Absent: 1000.'),
      backoffMultiplier: z.number().min(1).optional().describe('How pauses grow. Absent: 1.'),
      maxRetryDelayMs: Count.describe('Longest pause. Absent: 30000.'),
      jitter: Flag.describe('Whether pauses vary by chance. Absent: false.'),
      fallbackNodeId: Text.describe('Node that follows when all fails.'),
    })),
  )
  .describe('What follows when a step of a flow fails.');
export type FlowErrorHandling = z.infer<typeof FlowErrorHandlingSchema>;

export const FlowSchema = z
  .looseObject(
    lazyShape(() => ({
      name: MachineNameSchema,
      label: Text.describe('Text that a person sees. Carried, not enforced.'),
      description: Text.describe('What the flow is for. Carried, not enforced.'),
      version: z.int().optional().describe('Version of the flow. Absent: 1. Carried, not enforced.'),
      status: z
        .enum(['draft', 'active', 'obsolete', 'invalid'])
        .optional()
        .describe('State of the work on it. Absent: draft. Carried, not enforced.'),
      template: Flag.describe('Whether it is only a model for others. Carried, not enforced.'),
      type: z
        .enum(['autolaunched', 'record_change', 'schedule', 'screen', 'api'])
        .describe('What starts the flow. Carried, not enforced.'),
      variables: z
        .array(FlowVariableSchema)
        .optional()
        .describe('Values that it works with. Carried, not enforced.'),
      nodes: z.array(FlowNodeSchema).describe('The steps. Carried, not enforced.'),
      edges: z.array(FlowEdgeSchema).describe('The ways between them. Carried, not enforced.'),
      active: Flag.describe('Whether it is switched on. Absent: false. Carried, not enforced.'),
      runAs: z
        .enum(['system', 'user'])
        .optional()
        .describe('With whose rights it runs. Absent: user. Carried, not enforced.'),
      errorHandling: FlowErrorHandlingSchema.optional().describe(
        'What follows a failure. Carried, not enforced.',
      ),
    })),
  )
  .describe('An automation. Stored and returned; nothing here runs it yet.');
export type Flow = z.infer<typeof FlowSchema>;
