import type { HranaStatement } from './hrana-result.js';

type Condition =
  | { type: 'ok' | 'error'; step: number }
  | { type: 'not'; cond: Condition }
  | { type: 'and'; conds: readonly Condition[] }
  | { type: 'is_autocommit' };

export interface HranaStep {
  readonly stmt: HranaStatement;
  readonly condition?: Condition;
}

export type HranaRequest =
  | { readonly type: 'execute'; readonly stmt: HranaStatement }
  | { readonly type: 'batch'; readonly batch: { readonly steps: readonly HranaStep[] } }
  | { readonly type: 'close' };
