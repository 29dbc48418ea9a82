import { describe, expect, it } from 'vitest';
import { ERROR_CODES, type ErrorCode } from './error-code.zod.js';
import { EXIT_CODES, exitClassOf } from './exit-code.zod.js';

describe('exitClassOf', () => {
  it.each([
    ['internal', 'failure', 1],
    ['configuration_invalid', 'usage', 2],
    ['destructive_not_allowed', 'refused', 3],
    ['unauthorized', 'refused', 3],
    ['quota_exceeded', 'refused', 3],
    ['plan_stale', 'conflict', 4],
    ['undo_expired', 'conflict', 4],
    ['database_unreachable', 'unreachable', 5],
    ['database_busy', 'unreachable', 5],
    ['tenant_not_found', 'not_found', 6],
    ['invalid_bundle', 'invalid', 7],
    ['invalid_query', 'invalid', 7],
    ['aborted', 'interrupted', 130],
  ] as const)('puts %s into the class %s with the exit code %i', (code, exitClass, exitCode) => {
    expect(exitClassOf(code)).toBe(exitClass);
    expect(EXIT_CODES[exitClass].code).toBe(exitCode);
  });

  it('never reports success for an error', () => {
    const codes = (Object.keys(ERROR_CODES) as ErrorCode[]).map((code) => EXIT_CODES[exitClassOf(code)].code);
    expect(codes.every((code) => code > 0)).toBe(true);
  });

  it('reports a code that can be retried unchanged as unreachable, interrupted, a conflict or a failure', () => {
    const codes = (Object.keys(ERROR_CODES) as ErrorCode[]).filter((code) => ERROR_CODES[code].retryable);
    const classes = new Set(codes.map(exitClassOf));
    expect([...classes].sort()).toEqual(['conflict', 'failure', 'interrupted', 'unreachable']);
  });

  it('has no exit code twice', () => {
    const codes = Object.values(EXIT_CODES).map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
  });
});
