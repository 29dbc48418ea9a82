import { describe, expectTypeOf, it } from 'vitest';
import type { ILogger, LogFields } from './logger.js';

declare const logger: ILogger;

describe('ILogger', () => {
  it('has the order of arguments that pino has', () => {
    expectTypeOf(logger.info).parameters.toEqualTypeOf<[LogFields, string]>();
    expectTypeOf(logger.info).toBeCallableWith({ tenantId: 't', durationMs: 1 }, 'Done.');
  });

  it('accepts no nested values, which could contain records', () => {
    expectTypeOf<{ record: { name: string } }>().not.toExtend<LogFields>();
  });
});
