import type { PullFinding } from '@objectstack/spec/system';
import { nextStepOf } from './next-step-of.js';

type Code = PullFinding['code'];

/** The findings about one table, while its object is built. */
export class TableFindings {
  readonly all: PullFinding[] = [];
  constructor(readonly table: string) {}

  /** Of a column that was left out, `requiresValue` says that it is NOT NULL without a DEFAULT. */
  add(code: Code, message: string, column?: string, requiresValue = false): void {
    const place = { table: this.table, ...(column !== undefined && { column }) };
    this.all.push({ code, ...place, message, next: nextStepOf({ code, column }, requiresValue) });
  }
}
