import type { FleetAggregateQuery, ValueRow } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';

type Value = ValueRow[string];

/** In the order of the database: texts by their UTF-8 bytes, `false` before `true`, no value first. */
export function compareValues(one: Value | undefined, other: Value | undefined): number {
  if (one === null || one === undefined) return other === null || other === undefined ? 0 : -1;
  if (other === null || other === undefined) return 1;
  if (typeof one === 'string' && typeof other === 'string')
    return Buffer.compare(Buffer.from(one), Buffer.from(other));
  return Number(one) - Number(other);
}

function notAddable(alias: string): ObjectStackError {
  return new ObjectStackError({
    code: 'invalid_request',
    message: `The sum ${alias} is not a number in every tenant, so that it cannot be merged.`,
  });
}

function add(alias: string, one: Value, other: Value): Value {
  if (one === null) return other;
  if (other === null) return one;
  if (typeof one !== 'number' || typeof other !== 'number') throw notAddable(alias);
  return one + other;
}

/** Of a missing value, the other one. */
function extreme(sign: 1 | -1, one: Value, other: Value): Value {
  if (one === null) return other;
  if (other === null) return one;
  return sign * compareValues(one, other) <= 0 ? one : other;
}

type Aggregation = FleetAggregateQuery['aggregations'][number];

function mergeValue({ function: name, alias }: Aggregation, one: Value, other: Value): Value {
  if (name === 'min') return extreme(1, one, other);
  if (name === 'max') return extreme(-1, one, other);
  return add(alias, one, other);
}

/** Merges the rows of aggregate values of many tenants, group by group. */
export class MergedRows {
  readonly #groups = new Map<string, ValueRow>();

  constructor(private readonly query: FleetAggregateQuery) {}

  add(rows: readonly ValueRow[]): void {
    const { groupBy = [], aggregations } = this.query;
    for (const row of rows) {
      const key = JSON.stringify(groupBy.map((field) => row[field] ?? null));
      const known = this.#groups.get(key);
      if (!known) {
        this.#groups.set(key, { ...row });
        continue;
      }
      for (const aggregation of aggregations) {
        const { alias } = aggregation;
        known[alias] = mergeValue(aggregation, known[alias] ?? null, row[alias] ?? null);
      }
    }
  }

  /** Sorted by the values of `groupBy`. Without `groupBy`, one row, also if no tenant was read. */
  get rows(): ValueRow[] {
    const { groupBy, aggregations } = this.query;
    if (!groupBy && this.#groups.size === 0)
      return [
        Object.fromEntries(
          aggregations.map(({ function: name, alias }) => [alias, name === 'count' ? 0 : null]),
        ),
      ];
    return [...this.#groups.values()].sort((one, other) => {
      for (const field of groupBy ?? []) {
        const order = compareValues(one[field], other[field]);
        if (order !== 0) return order;
      }
      return 0;
    });
  }
}
