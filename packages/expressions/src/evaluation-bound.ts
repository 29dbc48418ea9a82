import type { ASTNode } from '@marcbachmann/cel-js';
import { EXPRESSION_FUNCTIONS } from './expression-functions.js';
import { sizeOfCall, stepsOfCall } from './function-cost.js';
import { sizeOfText } from './size-of-value.js';

/*
 * The library limits what is parsed, but not what is evaluated: six nested lists of ten items are a million evaluations.
 * This file computes an upper bound before each evaluation: for every node, the steps that it takes and the size of its
 * value. A list has at most as many items as its size, and an item is at most as large as its list, so the steps of a
 * macro such as `map` are the size of its list times the steps of its body.
 */

/** Upper bound of the steps of a node, and of the size of its value. */
export interface Bound {
  readonly steps: number;
  readonly size: number;
}

/** Sizes of the variables by their names. */
export type Sizes = ReadonlyMap<string, number>;

const all = (nodes: readonly ASTNode[], sizes: Sizes): Bound =>
  nodes
    .map((node) => boundOf(node, sizes))
    .reduce((total, { steps, size }) => ({ steps: total.steps + steps, size: total.size + size }), {
      steps: 1,
      size: 1,
    });

/** A comparison and an operation read both values; only `+` of texts and lists has a large result. */
function ofOperator(operator: string, operands: readonly ASTNode[], sizes: Sizes): Bound {
  const { steps, size } = all(operands, sizes);
  return { steps: steps + size, size: operator === '+' ? size : 1 };
}

function ofMacro(name: string, list: ASTNode, args: readonly ASTNode[], sizes: Sizes): Bound {
  const over = boundOf(list, sizes);
  const [variable, ...bodies] = args;
  const inner = new Map(sizes).set(variable?.op === 'id' ? variable.args : '', over.size);
  const body = all(bodies, inner);
  const size = name === 'map' ? over.size * body.size : name === 'filter' ? over.size : 1;
  return { steps: over.steps + over.size * body.steps, size };
}

function ofBinding([variable, value, body]: readonly ASTNode[], sizes: Sizes): Bound {
  if (!variable || !value || !body) return { steps: 1, size: 1 };
  const bound = boundOf(value, sizes);
  const inner = new Map(sizes).set(variable.op === 'id' ? variable.args : '', bound.size);
  const { steps, size } = boundOf(body, inner);
  return { steps: bound.steps + steps, size };
}

function ofCall(name: string, operands: readonly ASTNode[], sizes: Sizes): Bound {
  const bounds = operands.map((operand) => boundOf(operand, sizes));
  const given = bounds.map(({ size }) => size);
  const own = EXPRESSION_FUNCTIONS[name];
  if (!own) return { steps: 1, size: 1 };
  const steps = bounds.reduce((total, bound) => total + bound.steps, stepsOfCall(own, given));
  return { steps, size: sizeOfCall(own, given) };
}

/** Macros that evaluate their body for every item of a list. */
export const MACROS: ReadonlySet<string> = new Set(['map', 'filter', 'all', 'exists', 'exists_one']);

/** Upper bound for a node of an expression whose functions are all known. */
export function boundOf(node: ASTNode, sizes: Sizes): Bound {
  switch (node.op) {
    case 'value':
      return { steps: 1, size: typeof node.args === 'string' ? sizeOfText(node.args) : 1 };
    case 'id':
      return { steps: 1, size: sizes.get(node.args) ?? 1 };
    case '.':
    case '.?': {
      const { steps, size } = boundOf(node.args[0], sizes);
      return { steps: steps + 1, size };
    }
    case 'call':
      return ofCall(node.args[0], node.args[1], sizes);
    case 'rcall': {
      const [name, receiver, args] = node.args;
      if (MACROS.has(name)) return ofMacro(name, receiver, args, sizes);
      if (name === 'bind') return ofBinding(args, sizes);
      return ofCall(name, [receiver, ...args], sizes);
    }
    case 'map':
      return all(node.args.flat(), sizes);
    case '!_':
    case '-_':
      return all([node.args], sizes);
    case 'list':
    case '?:':
    case '[]':
    case '[?]':
    case '||':
    case '&&':
      return all(node.args, sizes);
    default:
      return ofOperator(node.op, node.args, sizes);
  }
}
