import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';

const Text = z.string().optional();
const Anything = z.record(z.string(), z.unknown()).optional();

const reference = (what: string) =>
  z.union([
    z.string(),
    z.looseObject({
      type: z.string().describe(`Name of the ${what}.`),
      params: Anything.describe(`Parameters passed to the ${what}.`),
    }),
  ]);
const ActionSchema = reference('action to run');
const Actions = z.union([ActionSchema, z.array(ActionSchema)]).optional();

const TransitionSchema = z
  .looseObject(
    lazyShape(() => ({
      target: Text.describe('Name of the next state. If omitted, the state does not change.'),
      cond: reference('condition to evaluate')
        .optional()
        .describe('Condition that must hold for the transition, by name.'),
      actions: Actions.describe('List of actions to run during the transition.'),
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
        'Type of state. atomic: has no child states; compound: has child states, one of which is active; parallel: has child states that are all active; final: ends the machine; history: resumes the most recent child state. Default: compound if child states are defined, otherwise atomic.',
      ),
    description: Text.describe('Description of the state.'),
    on: Transitions.describe('Transitions from this state, by the event that triggers them.'),
    entry: Actions.describe('List of actions to run when the state is entered.'),
    exit: Actions.describe('List of actions to run when the state is left.'),
    initial: Text.describe('Name of the initial child state.'),
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
      id: z.string().min(1).describe('Identifier of the state machine.'),
      description: Text.describe("Description of the state machine's purpose."),
      contextSchema: Anything.describe('JSON Schema of the data that the state machine holds.'),
      initial: z.string().describe('Name of the initial state of a new record.'),
      states: z.record(z.string(), StateNodeSchema).describe('States, by name.'),
      on: Transitions.describe('Transitions that are possible in every state, by event.'),
    })),
  )
  .describe(
    'State machine of a record: its states and the transitions between them. This runtime does not enforce state machines.',
  );
export type StateMachine = z.infer<typeof StateMachineSchema>;
