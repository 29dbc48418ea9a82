import { describe, expectTypeOf, it } from 'vitest';
import type { ProblemDetails } from '../shared/problem-details.zod.js';
import type { DeployResult } from './deploy-result.zod.js';
import type { MigrationStatement, PlannedSql } from './migration-plan.zod.js';

declare const result: DeployResult;
declare const statement: MigrationStatement;

describe('DeployResult', () => {
  it('has an error exactly if it failed', () => {
    if (result.status === 'failed') expectTypeOf(result.error).toEqualTypeOf<ProblemDetails>();
    else expectTypeOf(result).not.toHaveProperty('error');
    expectTypeOf(result.status).toEqualTypeOf<'ready' | 'failed'>();
  });
});

describe('MigrationStatement', () => {
  it('has a rollback exactly if it is reversible', () => {
    if (statement.reversible) expectTypeOf(statement.rollback).toEqualTypeOf<PlannedSql[]>();
    else expectTypeOf(statement).not.toHaveProperty('rollback');
  });
});
