import { describe, expectTypeOf, it } from 'vitest';
import type { ProblemDetails } from '../shared/problem-details.zod.js';
import type { DataRecord } from './driver-call.js';
import type { FleetQueryResult, IFleetReads } from './fleet-reads.js';
import type { IFleetService } from './fleet-service.js';

declare const result: FleetQueryResult;

describe('IFleetReads', () => {
  it('is part of the fleet service', () => {
    expectTypeOf<IFleetService>().toExtend<IFleetReads>();
  });

  it('returns either the records of a tenant or an error', () => {
    if (result.error) expectTypeOf(result.error).toEqualTypeOf<ProblemDetails>();
    else expectTypeOf(result.records).toEqualTypeOf<DataRecord[]>();
  });
});
