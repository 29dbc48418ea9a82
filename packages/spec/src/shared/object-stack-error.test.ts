import { describe, expect, it } from 'vitest';
import { ERROR_CODES, ErrorCodeEnum } from './error-code.zod.js';
import { ObjectStackError } from './object-stack-error.js';
import { ProblemDetailsSchema } from './problem-details.zod.js';

const MARKER = Symbol.for('objectstack.error');

describe('ObjectStackError', () => {
  it('is an Error with code, message, details and cause', () => {
    const cause = new Error('below');
    const error = new ObjectStackError({
      code: 'plan_stale',
      message: 'Too late.',
      details: { guard: 'a' },
      cause,
    });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'ObjectStackError',
      code: 'plan_stale',
      message: 'Too late.',
      cause,
    });
    expect(error.details).toEqual({ guard: 'a' });
  });

  it('has no cause and no details by default', () => {
    const error = new ObjectStackError({ code: 'internal', message: 'Broken.' });
    expect(Object.hasOwn(error, 'cause')).toBe(false);
    expect(error.details).toEqual({});
  });

  it.each([
    ['database_busy', undefined, true],
    ['internal', undefined, false],
    ['database_busy', false, false],
    ['internal', true, true],
  ] as const)('%s with retryable %s is retryable: %s', (code, retryable, expected) => {
    const error = new ObjectStackError({ code, message: 'x', ...(retryable !== undefined && { retryable }) });
    expect(error.retryable).toBe(expected);
  });
});

describe('ObjectStackError.isInstance', () => {
  it.each([
    [new ObjectStackError({ code: 'internal', message: 'x' }), true],
    [{ [MARKER]: true }, true],
    [new Error('x'), false],
    [{ code: 'internal' }, false],
    [{ [MARKER]: 'yes' }, false],
    [null, false],
    [undefined, false],
    ['internal', false],
  ])('of %s is %s', (value, expected) => {
    expect(ObjectStackError.isInstance(value)).toBe(expected);
  });
});

describe('ObjectStackError.isInstance with codes', () => {
  it.each([
    [['internal'], true],
    [['aborted', 'internal'], true],
    [['aborted'], false],
  ] as const)('%j of an internal error is %s', (codes, expected) => {
    const error = new ObjectStackError({ code: 'internal', message: 'x' });
    expect(ObjectStackError.isInstance(error, ...codes)).toBe(expected);
  });
});

describe('ObjectStackError.toProblemDetails', () => {
  it.each(ErrorCodeEnum.options)('creates valid problem details for %s', (code) => {
    const problem = new ObjectStackError({ code, message: 'It happened.' }).toProblemDetails();
    expect(ProblemDetailsSchema.parse(problem)).toEqual({
      type: `urn:objectstack:error:${code}`,
      title: ERROR_CODES[code].title,
      status: ERROR_CODES[code].status,
      detail: 'It happened.',
      code,
      retryable: ERROR_CODES[code].retryable,
    });
  });

  it('serializes details to JSON, but not the cause', () => {
    const error = new ObjectStackError({
      code: 'sql_error',
      message: 'Refused.',
      details: { statementIndex: 2 },
      cause: new Error('row of a tenant'),
    });
    const text = JSON.stringify(error);
    expect(JSON.parse(text)).toEqual({ ...error.toProblemDetails(), details: { statementIndex: 2 } });
    expect(text).not.toContain('row of a tenant');
  });
});

describe('ObjectStackError.fromProblemDetails', () => {
  it.each([
    new ObjectStackError({
      code: 'database_busy',
      message: 'Held.',
      details: { attempts: 3 },
      retryable: false,
    }),
    new ObjectStackError({ code: 'internal', message: 'Broken.' }),
  ])('restores $code', (error) => {
    const copy = ObjectStackError.fromProblemDetails(error.toProblemDetails());
    expect(copy.toProblemDetails()).toEqual(error.toProblemDetails());
    expect(copy).toMatchObject({ code: error.code, message: error.message, retryable: error.retryable });
  });

  it('preserves the code of a newer service in the details', () => {
    const problem = {
      type: 'urn:objectstack:error:tenant_on_fire',
      title: 'The tenant is on fire.',
      status: 503,
      detail: 'Contact support.',
      code: 'tenant_on_fire',
      retryable: true,
      details: { floor: 3 },
    };
    const error = ObjectStackError.fromProblemDetails(problem);
    expect(error).toMatchObject({ code: 'internal', message: 'Contact support.', retryable: true });
    expect(error.details).toEqual({ floor: 3, unknownCode: 'tenant_on_fire' });
    expect(ProblemDetailsSchema.safeParse(error.toProblemDetails()).success).toBe(true);
  });

  it('drops facts with a value of another type and preserves unknown ones', () => {
    const problem = new ObjectStackError({ code: 'internal', message: 'x' }).toProblemDetails();
    const details = { rows: 'many', object: 'account', floor: 3, toString: 1 };
    const error = ObjectStackError.fromProblemDetails({ ...problem, code: 'unique_violation', details });
    expect(error.details).toEqual({ object: 'account', floor: 3, toString: 1 });
  });

  it.each(['toString', '__proto__', 'constructor'])('maps %s to internal', (code) => {
    const problem = new ObjectStackError({ code: 'internal', message: 'x' }).toProblemDetails();
    expect(ObjectStackError.fromProblemDetails({ ...problem, code })).toMatchObject({
      code: 'internal',
      details: { unknownCode: code },
    });
  });

  it.each([null, undefined, 'Bad gateway', [], {}, { code: 'internal' }, { status: 502 }])(
    'maps anything but problem details to internal: %j',
    (answer) => {
      const error = ObjectStackError.fromProblemDetails(answer);
      expect(error).toMatchObject({ code: 'internal', retryable: false, details: {} });
      expect(error.message).not.toContain('gateway');
    },
  );
});
