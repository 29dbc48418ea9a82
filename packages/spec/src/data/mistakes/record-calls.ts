import type { RecordRule } from '../../shared/record-rule.zod.js';
import type { Mistake, MistakeAnswer, MistakenCall } from './mistake.js';

/** Operations that write the values of a record. */
export type RecordWrite = 'create' | 'update' | 'upsert' | 'bulkCreate' | 'bulkUpdate' | 'updateMany';

/** Values that must be rejected with `validation_failed`, which lists all violations. */
export interface RecordMistake {
  readonly id: string;
  /** What is wrong, in one sentence. */
  readonly what: string;
  /** The values, in addition to those that a new record requires. */
  readonly example: () => object;
  /** Violations to report, by field. */
  readonly violations: Readonly<Record<string, RecordRule | readonly RecordRule[]>>;
  /** Defaults to account. */
  readonly object?: 'account' | 'survey';
  /** Operations in which the values are a mistake. Defaults to all. */
  readonly writes?: readonly RecordWrite[];
}

/** Operations that create a record. */
export const CREATES: readonly RecordWrite[] = ['create', 'upsert', 'bulkCreate'];
/** Operations that change an existing record. */
export const CHANGES: readonly RecordWrite[] = ['update', 'bulkUpdate', 'updateMany'];

const VALID = { account: { name: 'Cone' }, survey: { topics: ['t'] } } as const;
const IDS = { account: ['a1', 'a2'], survey: ['s1', 's1'] } as const;

function argsOf(write: RecordWrite, { object = 'account', example }: RecordMistake): unknown[] {
  const valid = VALID[object];
  const created = { ...valid, ...example() };
  const [first, second] = IDS[object];
  switch (write) {
    case 'create':
      return [object, created];
    case 'upsert':
      return [object, { id: 'new', ...created }, ['id']];
    case 'update':
      return [object, first, example()];
    case 'updateMany':
      return [object, { where: {} }, example()];
    case 'bulkCreate':
      return [object, [valid, created]];
    case 'bulkUpdate':
      return [
        object,
        [
          { id: second, data: valid },
          { id: first, data: example() },
        ],
      ];
  }
}

function recordCalls(row: RecordMistake): MistakenCall[] {
  const { object = 'account', violations, writes = [...CREATES, ...CHANGES] } = row;
  const found = Object.entries(violations).flatMap(([field, rules]) =>
    [rules].flat().map((rule) => ({ field, rule: rule as RecordRule })),
  );
  return writes.map((method) => {
    const isBulk = method === 'bulkCreate' || method === 'bulkUpdate';
    const answer: MistakeAnswer = {
      code: 'validation_failed',
      details: { object, violations: isBulk ? found.map((one) => ({ ...one, index: 1 })) : found },
    };
    return { method, args: argsOf(method, row), answers: [answer] };
  });
}

export const recordMistake = (row: RecordMistake): Mistake => ({
  id: row.id,
  what: row.what,
  calls: () => recordCalls(row),
});
