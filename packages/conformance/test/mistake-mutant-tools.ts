import type { MistakenMethod } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import { type InterceptedCall, intercepting } from './intercept.js';
import { type Mutant, withDetails, without } from './mutant-tools.js';

export interface MistakeMutant {
  readonly mutant: Mutant;
  /** Groups of mistakes of which the mutant must violate requirements, and no others of these groups if rows are named. */
  readonly violates: Readonly<Record<string, 'some' | readonly string[]>>;
}

type Change = (error: ObjectStackError, call: InterceptedCall) => unknown;

/** A mutant that rejects with another error, or returns another result, instead of a rejection with one of these codes. */
export const instead = (
  codes: readonly string[],
  change: Change,
  methods?: readonly MistakenMethod[],
): Mutant =>
  intercepting(async (call) => {
    try {
      return await call.proceed();
    } catch (error) {
      if (!ObjectStackError.isInstance(error) || !codes.includes(error.code)) throw error;
      return change(error, call);
    }
  }, methods);

export const rejecting =
  (change: (error: ObjectStackError) => ObjectStackError): Change =>
  (error) => {
    throw change(error);
  };

export const PATHS = ['invalid_filter', 'invalid_query'];
export const pathOf = ({ details }: ObjectStackError) => String(details.path ?? '');
export const withPath = (change: (path: string) => string) =>
  rejecting((error) => withDetails(error, { ...error.details, path: change(pathOf(error)) }));
export const withoutFacts = (...facts: string[]) =>
  rejecting((error) => withDetails(error, without(error.details, ...facts)));
export const withCode = (code: 'sql_error' | 'invalid_query' | 'invalid_request' | 'validation_failed') =>
  rejecting(({ message }) => new ObjectStackError({ code, message }));
