import {
  type ObjectDefinition,
  type StateMachine,
  StateMachineSchema,
  StateMachineValidationSchema,
  type StateNode,
} from '@objectstack/spec/data';
import type { Diagram, DiagramEdge, DiagramGroup, DiagramNode } from './diagram.js';

/** State machines and rules about state transitions, as states and transitions of one diagram. */
class StateDrawing {
  readonly nodes: DiagramNode[] = [];
  readonly edges: DiagramEdge[] = [];
  readonly groups: DiagramGroup[] = [];
  /** State in which a group begins; transitions to a group end there. */
  readonly #initial = new Map<string, string>();
  readonly #pending: { readonly from: string; readonly to: string; readonly label: string }[] = [];

  group(id: string, title: string, parent?: string): void {
    this.groups.push({ id, title, parent });
  }

  state(id: string, title: string, facts: { group: string; shape?: DiagramNode['shape'] }): void {
    this.nodes.push({ id, title, shape: 'state', mark: 'same', rows: [], ...facts });
  }

  start(group: string, initial: string): void {
    this.#initial.set(group, initial);
    this.state(`${group}/*start`, '', { group, shape: 'start' });
    this.transition(`${group}/*start`, initial, '');
  }

  transition(from: string, to: string, label: string): void {
    this.#pending.push({ from, to, label });
  }

  #stateOf(id: string): string {
    const initial = this.#initial.get(id);
    return initial === undefined || initial === id ? id : this.#stateOf(initial);
  }

  /** Adds the transitions. One to a state that is not defined gets a state of its own, so that it is visible. */
  finish(): void {
    const known = new Set(this.nodes.map(({ id }) => id));
    for (const { from, to, label } of this.#pending) {
      const [source, target] = [this.#stateOf(from), this.#stateOf(to)];
      for (const id of [source, target])
        if (!known.has(id)) {
          known.add(id);
          const group = this.groups.filter((one) => id.startsWith(`${one.id}/`)).at(-1)?.id ?? '';
          this.state(id, `${id.split('/').at(-1)} (undefined)`, { group });
        }
      const same = { mark: 'same', kind: 'transition', isRequired: false, isOwned: false } as const;
      this.edges.push({ from: source, to: target, label, ...same });
    }
  }
}

type Transitions = StateNode['on'];

function targetsOf(transitions: Transitions): { event: string; target: string }[] {
  return Object.entries(transitions ?? {}).flatMap(([event, given]) => {
    const all = Array.isArray(given) ? given : [given];
    return all.flatMap((one) => {
      const target = typeof one === 'string' ? one : one.target;
      return target === undefined ? [] : [{ event, target }];
    });
  });
}

type States = StateMachine['states'];

/** The id of a target: a child state, a sibling, or a path from the root of the machine. */
function idOf(target: string, { scope, root }: { scope: string; root: string }, siblings: States): string {
  const path = target.replace(/^#[^.]*\.?|^\./, '').split('.');
  const isLocal = !target.startsWith('#') && Object.hasOwn(siblings, path[0] ?? '');
  return [isLocal ? scope : root, ...path].join('/');
}

function drawStates(drawing: StateDrawing, states: States, place: { scope: string; root: string }): void {
  for (const [name, state] of Object.entries(states)) {
    const id = `${place.scope}/${name}`;
    const children = state.states ?? {};
    const hasChildren = Object.keys(children).length > 0;
    if (hasChildren) {
      drawing.group(id, name, place.scope);
      drawStates(drawing, children, { ...place, scope: id });
      drawing.start(id, `${id}/${state.initial ?? Object.keys(children)[0]}`);
    } else {
      const shape = state.type === 'final' ? ('final' as const) : ('state' as const);
      drawing.state(id, name, { group: place.scope, shape });
    }
    for (const { event, target } of targetsOf(state.on))
      drawing.transition(id, idOf(target, place, states), event);
  }
}

function drawMachine(drawing: StateDrawing, id: string, title: string, machine: StateMachine): void {
  const place = { scope: id, root: id };
  drawing.group(id, title);
  drawStates(drawing, machine.states, place);
  drawing.start(id, `${id}/${machine.initial}`);
  for (const { event, target } of targetsOf(machine.on))
    for (const name of Object.keys(machine.states))
      if (name !== target) drawing.transition(`${id}/${name}`, idOf(target, place, machine.states), event);
}

function drawRule(drawing: StateDrawing, id: string, title: string, rules: Record<string, string[]>): void {
  drawing.group(id, title);
  const states = new Set([...Object.keys(rules), ...Object.values(rules).flat()]);
  for (const name of states) drawing.state(`${id}/${name}`, name, { group: id });
  for (const [from, all] of Object.entries(rules))
    for (const to of all) drawing.transition(`${id}/${from}`, `${id}/${to}`, '');
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Names of the next values, by the current value. Any value can be stored; what is no such map is left out. */
const transitionsOf = (value: unknown): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(isObject(value) ? value : {}).map(([from, to]) => [
      from,
      (Array.isArray(to) ? to : [to]).filter((name): name is string => typeof name === 'string'),
    ]),
  );

/**
 * The state machines of objects, and their rules about the transitions of a field. Definitions that are stored but are no
 * state machines are left out.
 */
export function stateDiagram(objects: readonly ObjectDefinition[], title: string): Diagram {
  const drawing = new StateDrawing();
  for (const { name: object, stateMachines = {}, validations = [] } of objects) {
    for (const [name, given] of Object.entries(isObject(stateMachines) ? stateMachines : {})) {
      const machine = StateMachineSchema.safeParse(given);
      if (machine.success) drawMachine(drawing, `${object}/${name}`, `${object}: ${name}`, machine.data);
    }
    for (const given of validations) {
      const rule = StateMachineValidationSchema.safeParse(given);
      if (!rule.success || given.type !== 'state_machine') continue;
      const { field, transitions } = rule.data;
      drawRule(drawing, `${object}.${field}`, `${object}.${field}`, transitionsOf(transitions));
    }
  }
  drawing.finish();
  const { nodes, edges, groups } = drawing;
  return { kind: 'states', title, nodes, edges, groups };
}
