import type { PullFinding } from '@objectstack/spec/system';

type Code = PullFinding['code'];

/** The findings about one table, while its object is built. */
export class TableFindings {
  readonly all: PullFinding[] = [];
  constructor(readonly table: string) {}

  add(code: Code, message: string, column?: string): void {
    this.all.push({ code, table: this.table, ...(column !== undefined && { column }), message });
  }
}
