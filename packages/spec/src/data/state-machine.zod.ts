import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';

const Text = z.string().optional();
const Anything = z.record(z.string(), z.unknown()).optional();

const ReferenceSchema = z.union([
  z.string(),
  z.looseObject({
    type: z.string().describe('Name of what is meant.'),
    params: Anything.describe('What it is given.'),
  }),
]);
const References = z.union([ReferenceSchema, z.array(ReferenceSchema)]).optional();

const TransitionSchema = z
  .looseObject(
    lazyShape(() => ({
      target: Text.describe('State that comes next. Absent: the same.'),
      cond: ReferenceSchema.optional().describe('Condition that must hold, by name.'),
      actions: References.describe('What is done on the way.'),
      description: Text.describe('When this happens.'),
    })),
  )
  .describe('A way from a state.');
const Transitions = z
  .record(z.string(), z.union([z.string(), TransitionSchema, z.array(TransitionSchema)]))
  .optional();

export const StateNodeSchema = z
  .looseObject({
    type: z
      .enum(['atomic', 'compound', 'parallel', 'final', 'history'])
      .optional()
      .describe('Kind of state. Absent: compound with states of its own, else atomic.'),
    description: Text.describe('What the state means.'),
    on: Transitions.describe('Ways from here by the event that takes them.'),
    entry: References.describe('What is done on arrival.'),
    exit: References.describe('What is done on leaving.'),
    initial: Text.describe('First of its own states.'),
    get states(): z.ZodOptional<z.ZodRecord<z.ZodString, typeof StateNodeSchema>> {
      return z.record(z.string(), StateNodeSchema).optional().describe('Its own states by name.');
    },
    meta: Anything.describe('Notes, such as instructions for an assistant.'),
  })
  .describe('A state of a state machine.');
export type StateNode = z.infer<typeof StateNodeSchema>;

export const StateMachineSchema = z
  .looseObject(
    lazyShape(() => ({
      id: z.string().min(1).describe('Name of the machine.'),
      description: Text.describe('What the machine is for.'),
      contextSchema: Anything.describe('JSON Schema of what the machine remembers.'),
      initial: z.string().describe('State of a new record.'),
      states: z.record(z.string(), StateNodeSchema).describe('The states by name.'),
      on: Transitions.describe('Ways that are open in every state.'),
    })),
  )
  .describe('States of a record and the ways between them. Nothing here holds a record to them.');
export type StateMachine = z.infer<typeof StateMachineSchema>;
