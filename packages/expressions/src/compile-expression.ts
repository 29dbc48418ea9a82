import type { ASTNode, ParseResult } from '@marcbachmann/cel-js';
import { closestName } from '@objectstack/spec/shared';
import { type CelEnvironment, createCelEnvironment } from './cel-environment.js';
import { celProblem } from './cel-problem.js';
import { boundOf, type Sizes } from './evaluation-bound.js';
import { EXPRESSION_FUNCTIONS } from './expression-functions.js';
import { EXPRESSION_LIMITS } from './expression-limits.js';
import { type ExpressionOutcome, problemOf } from './expression-problem.js';
import { namesIn } from './names-in.js';

/** An expression that was parsed and checked. */
export interface CompiledExpression {
  /** Variables that it uses. */
  readonly variables: ReadonlySet<string>;
  readonly ast: ASTNode;
  /** Evaluates it. Throws the errors of the library. */
  readonly run: (now: number, variables: Record<string, unknown>) => unknown;
}

/** Parsed expressions that are remembered: those of the metadata of a few tenants. */
export const MAX_REMEMBERED = 1_000;

const NO_SIZES: Sizes = new Map();
const remembered = new Map<string, ExpressionOutcome<CompiledExpression>>();
let shared: CelEnvironment | undefined;

/** The functions, and the one that was probably meant by the first of them. */
function unknownFunctionsText(names: ReadonlySet<string>): string {
  const [first = ''] = names;
  const meant = closestName(first, Object.keys(EXPRESSION_FUNCTIONS));
  return `${[...names].join(', ')}${meant === undefined ? '' : ` (did you mean \`${meant}\`?)`}`;
}

function compile(source: string): ExpressionOutcome<CompiledExpression> {
  shared ??= createCelEnvironment();
  const { environment, clock } = shared;
  let parsed: ParseResult;
  try {
    parsed = environment.parse(source);
  } catch (error) {
    return celProblem(error, 'invalid_syntax');
  }
  const { variables, unknownFunctions } = namesIn(parsed.ast);
  if (unknownFunctions.size > 0) return problemOf('unknown_function', unknownFunctionsText(unknownFunctions));
  if (boundOf(parsed.ast, NO_SIZES).steps > EXPRESSION_LIMITS.maxSteps) return problemOf('too_expensive');
  const checked = parsed.check();
  if (!checked.valid) return celProblem(checked.error, 'type_mismatch');
  const run = (now: number, given: Record<string, unknown>) => {
    clock.now = now;
    return parsed(given);
  };
  return { value: { variables, ast: parsed.ast, run } };
}

/** Parses an expression and checks it, or returns the expression that was parsed before. */
export function compileExpression(source: string): ExpressionOutcome<CompiledExpression> {
  if (source.length > EXPRESSION_LIMITS.maxSourceLength) return problemOf('too_large');
  const known = remembered.get(source);
  if (known) return known;
  const compiled = compile(source);
  const [oldest] = remembered.size >= MAX_REMEMBERED ? remembered.keys() : [];
  if (oldest !== undefined) remembered.delete(oldest);
  remembered.set(source, compiled);
  return compiled;
}
