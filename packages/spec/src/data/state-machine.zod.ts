import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';

const Text = z.string().optional();
const Anything = z.record(z.string(), z.unknown()).optional();

const reference = (what: string) =>
  z.union([
    z.string(),
    z.looseObject({
      type: z.string().describe(`Name of the ${what}.`),
      params: Anything.describe(`Parameters of the ${what}, by name.`),
    }),
  ]);
const ActionSchema = reference('action');
const Actions = z.union([ActionSchema, z.array(ActionSchema)]).optional();

const TransitionSchema = z
  .looseObject(
    lazyShape(() => ({
      target: Text.describe('Name of the next state. Defaults to the current state.'),
      cond: reference('condition')
        .optional()
        .describe(
          'Condition for the transition: its name, or an object with its name (type) and parameters.',
        ),
      actions: Actions.describe(
        'Action of the transition, or list of actions: each the name of an action, or an object with its name (type) and parameters.',
      ),
      description: Text.describe('Description of the transition.'),
    })),
  )
  .describe('Transition from a state to another.');
const Transitions = z
  .record(z.string(), z.union([z.string(), TransitionSchema, z.array(TransitionSchema)]))
  .optional();

export const StateNodeSchema = z
  .looseObject({
    type: z
      .enum(['atomic', 'compound', 'parallel', 'final', 'history'])
      .optional()
      .describe(
        'Type of state. atomic: has no child states; compound: has child states, one of which is active; parallel: has child states that are all active; final: ends the machine; history: resumes the most recent child state. Defaults to compound if child states are defined, otherwise to atomic.',
      ),
    description: Text.describe('Description of the state.'),
    on: Transitions.describe(
      'Transitions from this state, by event: the name of the next state, a transition, or a list of transitions.',
    ),
    entry: Actions.describe(
      'Action on entering the state, or list of actions: each the name of an action, or an object with its name (type) and parameters.',
    ),
    exit: Actions.describe(
      'Action on leaving the state, or list of actions: each the name of an action, or an object with its name (type) and parameters.',
    ),
    initial: Text.describe('Name of the initial child state, for the type compound.'),
    get states(): z.ZodOptional<z.ZodRecord<z.ZodString, typeof StateNodeSchema>> {
      return z.record(z.string(), StateNodeSchema).optional().describe('Child states, by name.');
    },
    meta: Anything.describe('Additional metadata, for example instructions for an AI assistant.'),
  })
  .describe('State of a state machine.');
export type StateNode = z.infer<typeof StateNodeSchema>;

export const StateMachineSchema = z
  .looseObject(
    lazyShape(() => ({
      id: z.string().min(1).describe('Identifier of the state machine, for example order_status.'),
      description: Text.describe("Description of the state machine's purpose."),
      contextSchema: Anything.describe('JSON Schema of the data that the state machine holds.'),
      initial: z.string().describe('Name of the initial state of a new record.'),
      states: z.record(z.string(), StateNodeSchema).describe('States, by name.'),
      on: Transitions.describe(
        'Transitions from every state, by event: the name of the next state, a transition, or a list of transitions.',
      ),
    })),
  )
  .describe(
    'State machine of a record: its states and the transitions between them. This runtime does not enforce state machines.',
  );
export type StateMachine = z.infer<typeof StateMachineSchema>;
