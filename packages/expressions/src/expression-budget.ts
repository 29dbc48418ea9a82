import { LIMITS } from '@objectstack/spec/shared';
import { compileExpression, MAX_REMEMBERED } from './compile-expression.js';
import { boundOf } from './evaluation-bound.js';

/*
 * Each expression is bounded on its own, but a bundle may have hundreds of thousands of them. Parsing is counted in steps as
 * well, by measurement; an expression that was parsed before is only evaluated, as long as it can be remembered. The sum
 * depends on nothing but the sources and their order, so that a bundle is valid everywhere or nowhere.
 */

/** Steps of an evaluation besides those of the expression. */
const STEPS_OF_EVALUATION = 100;
/** Steps of parsing, besides those for each character. */
const STEPS_OF_PARSING = 500;
const STEPS_OF_CHARACTER = 2;

const NO_SIZES: ReadonlyMap<string, number> = new Map();

/** Steps that the expressions of a bundle may take together. */
export class ExpressionBudget {
  readonly #parsed = new Set<string>();
  #remaining: number;

  constructor(maxSteps: number = LIMITS.maxExpressionSteps) {
    this.#remaining = maxSteps;
  }

  /** Whether steps remain. */
  get canSpend(): boolean {
    return this.#remaining > 0;
  }

  /** Whether the expression may be evaluated once more. From the first one on that may not, none may. */
  spend(source: string): boolean {
    if (!this.canSpend) return false;
    this.#remaining -= this.#parsing(source);
    if (this.canSpend) this.#remaining -= evaluating(source);
    return this.canSpend;
  }

  #parsing(source: string): number {
    if (this.#parsed.has(source) && this.#parsed.size <= MAX_REMEMBERED) return 0;
    this.#parsed.add(source);
    return STEPS_OF_PARSING + STEPS_OF_CHARACTER * source.length;
  }
}

function evaluating(source: string): number {
  const compiled = compileExpression(source);
  return STEPS_OF_EVALUATION + ('value' in compiled ? boundOf(compiled.value.ast, NO_SIZES).steps : 0);
}
