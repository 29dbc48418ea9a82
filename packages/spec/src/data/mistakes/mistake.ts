import type { ErrorCode } from '../../shared/error-code.zod.js';
import type { ErrorDetailsOf } from '../../shared/error-details.js';

interface AnswerWith<Code extends ErrorCode> {
  readonly code: Code;
  /** Facts that the error must have; it may have others of its code. */
  readonly details: ErrorDetailsOf<Code>;
}

/** A correct rejection: error code and facts of `details`. */
export type MistakeAnswer = { readonly [Code in ErrorCode]: AnswerWith<Code> }[ErrorCode];

/** Methods of `IDataDriver` that reject invalid input. */
export type MistakenMethod =
  | 'find'
  | 'findOne'
  | 'findStream'
  | 'count'
  | 'explain'
  | 'create'
  | 'update'
  | 'upsert'
  | 'delete'
  | 'bulkCreate'
  | 'bulkUpdate'
  | 'bulkDelete'
  | 'updateMany'
  | 'deleteMany'
  | 'beginTransaction'
  | 'commit'
  | 'syncSchema'
  | 'syncSchemasBatch';

/** A call that contains a mistake. */
export interface MistakenCall {
  readonly method: MistakenMethod;
  readonly args: readonly unknown[];
  /** Correct rejections. Several if the call contains several mistakes: no order of the checks is prescribed. */
  readonly answers: readonly MistakeAnswer[];
}

/** A mistake in the input of a data driver, and how each operation must reject it. */
export interface Mistake {
  /** Unique within its group. */
  readonly id: string;
  /** What is wrong, in one sentence. */
  readonly what: string;
  /** State of the transaction that the calls are given, which the test opens. Absent if they need none. */
  readonly transaction?: 'open' | 'ended';
  readonly calls: (transaction?: unknown) => readonly MistakenCall[];
}

/** Codes whose errors have the path of the mistake. */
type PathCode = 'invalid_filter' | 'invalid_query' | 'invalid_request';

/** An error code with a JSON Pointer to the mistake; several paths if there are several mistakes. */
export function answersAt(code: PathCode, paths: string | readonly string[]): MistakeAnswer[] {
  return [paths]
    .flat()
    .map((path) => ({ code, details: { path } }) satisfies AnswerWith<PathCode> as MistakeAnswer);
}
