import type { ASTNode } from '@marcbachmann/cel-js';
import { MACROS } from './evaluation-bound.js';
import { EXPRESSION_FUNCTIONS } from './expression-functions.js';

/** Names that an expression uses. */
export interface Names {
  /** Variables, without those that its macros define. */
  readonly variables: Set<string>;
  /** Functions that are not available, or not with that number of arguments. */
  readonly unknownFunctions: Set<string>;
}

/** Types of CEL, which are written like variables. */
const TYPES: ReadonlySet<string> = new Set([
  'bool',
  'bytes',
  'double',
  'int',
  'list',
  'map',
  'null_type',
  'string',
  'type',
  'uint',
]);

const childrenOf = ({ op, args }: ASTNode): readonly ASTNode[] => {
  if (op === 'value' || op === 'id') return [];
  if (op === '.' || op === '.?') return [args[0]];
  if (op === 'call') return args[1];
  if (op === 'rcall') return [args[1], ...args[2]];
  if (op === 'map') return args.flat();
  return Array.isArray(args) ? (args as readonly ASTNode[]) : [args as ASTNode];
};

function isKnown(name: string, count: number): boolean {
  return (
    Object.hasOwn(EXPRESSION_FUNCTIONS, name) && EXPRESSION_FUNCTIONS[name]?.arity.includes(count) === true
  );
}

/** Adds the names of a node; `defined` are the variables that a macro around it defines. */
function collect(node: ASTNode, names: Names, defined: ReadonlySet<string>): void {
  if (node.op === 'id') {
    if (!defined.has(node.args) && !TYPES.has(node.args)) names.variables.add(node.args);
    return;
  }
  if (node.op === 'call' && !isKnown(node.args[0], node.args[1].length))
    names.unknownFunctions.add(node.args[0]);
  if (node.op !== 'rcall') {
    for (const child of childrenOf(node)) collect(child, names, defined);
    return;
  }
  const [name, receiver, args] = node.args;
  const isBinding = name === 'bind' && receiver.op === 'id' && receiver.args === 'cel';
  const [variable] = args;
  if ((isBinding || MACROS.has(name)) && variable?.op === 'id') {
    const inner = new Set([...defined, variable.args]);
    const [value, ...body] = isBinding ? args.slice(1) : [receiver, ...args.slice(1)];
    if (value) collect(value, names, defined);
    for (const child of body) collect(child, names, inner);
    return;
  }
  if (!isKnown(name, args.length)) names.unknownFunctions.add(name);
  for (const child of childrenOf(node)) collect(child, names, defined);
}

export function namesIn(node: ASTNode): Names {
  const names = { variables: new Set<string>(), unknownFunctions: new Set<string>() };
  collect(node, names, new Set());
  return names;
}
