import { isDeepStrictEqual } from 'node:util';
import type { DriverTransaction, IDataDriver } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { show } from '../kit/show.js';
import { mistakesOf } from '../reference/check-all.js';
import { callOperation } from './call-operation.js';
import type { Operation } from './random-operations.js';

/** A rejection, without the parts that differ between databases. */
interface Rejection {
  readonly code: string;
  readonly path?: unknown;
}

/** Result of a call; of a rejected call of the reference implementation also what else it could be rejected with. */
export type Outcome = { readonly value: unknown } | (Rejection & { readonly others: readonly Rejection[] });

function rejectionOf({ code, details }: ObjectStackError): Rejection {
  const hasPath = code === 'invalid_filter' || code === 'invalid_query';
  return { code, ...(hasPath && { path: details.path }) };
}

/** Whether the outcome is correct: no order is prescribed in which the mistakes of a call are found. */
export function isCorrect(outcome: Outcome, expected: Outcome): boolean {
  if ('value' in outcome || 'value' in expected) return isDeepStrictEqual(outcome, expected);
  const { code, path } = outcome;
  return [expected, ...expected.others].some((one) => one.code === code && one.path === path);
}

/** The outcome in a message. */
export function showOutcome(outcome: Outcome): string {
  if ('value' in outcome) return show(outcome.value);
  const { code, path, others } = outcome;
  const rejections = [{ code, path }, ...others].map((one) =>
    one.path === undefined ? one.code : `${one.code} at ${show(one.path)}`,
  );
  return `a rejection with ${[...new Set(rejections)].join(' or ')}`;
}

/** Timestamps of writes, which differ between databases. */
const TIMES = ['created_at', 'updated_at', 'joined_on'];

/** Fields whose values differ between databases: timestamps, and autonumbers that may have gaps. */
export const varyingFields = ({ supports }: IDataDriver): ReadonlySet<string> =>
  new Set(supports.gaplessAutonumbers ? TIMES : [...TIMES, 'number']);

/** The value without these fields, at any depth. */
export function withoutFields(value: unknown, names: ReadonlySet<string>): unknown {
  // Under Jest, a database may return lists of another realm, which are never deeply equal to those of this one.
  if (Array.isArray(value)) return Array.from(value, (item) => withoutFields(item, names));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([name]) => !names.has(name));
  return Object.fromEntries(entries.map(([name, item]) => [name, withoutFields(item, names)]));
}

/** A record of this object may already have been deleted by a cascade, and is then not counted. */
const CASCADING = 'folder';

async function outcomeOf(
  work: Promise<unknown>,
  operation: Operation,
  varying: ReadonlySet<string>,
): Promise<Outcome> {
  const { kind } = operation;
  const isUncertain = kind === 'deleteMany' && operation.object === CASCADING;
  try {
    const value = withoutFields((await work) ?? null, varying);
    return { value: isUncertain ? 'some' : value };
  } catch (error) {
    if (!ObjectStackError.isInstance(error)) throw error;
    return { ...rejectionOf(error), others: mistakesOf(error).slice(1).map(rejectionOf) };
  }
}

/** A driver with the open transactions of its operations, the innermost last. */
export class OperationRunner {
  readonly driver: IDataDriver;
  readonly #open: DriverTransaction[] = [];
  readonly #varying: ReadonlySet<string>;

  constructor(driver: IDataDriver) {
    this.driver = driver;
    this.#varying = varyingFields(driver);
  }

  /** Runs a call in the innermost transaction, or opens or ends a transaction. */
  async run(operation: Operation): Promise<Outcome> {
    const innermost = this.#open.at(-1);
    const options = innermost ? { transaction: innermost } : {};
    if (operation.kind === 'begin') {
      const most = this.driver.supports.savepoints ? 3 : 1;
      if (this.#open.length >= most) return { value: null };
      const work = this.driver.beginTransaction(options);
      return outcomeOf(
        work.then((transaction) => this.#open.push(transaction)),
        operation,
        this.#varying,
      );
    }
    if (operation.kind === 'commit' || operation.kind === 'rollback') {
      if (!innermost) return { value: null };
      this.#open.pop();
      return outcomeOf(this.driver[operation.kind](innermost), operation, this.#varying);
    }
    return outcomeOf(callOperation(this.driver, operation, options), operation, this.#varying);
  }

  /** Rolls back open transactions, so that all drivers can read. */
  async finish(): Promise<void> {
    const [outermost] = this.#open.splice(0);
    if (outermost) await this.driver.rollback(outermost);
  }
}
