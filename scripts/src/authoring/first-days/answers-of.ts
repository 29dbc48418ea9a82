import { ObjectStackError, toJsonPointer } from '@objectstack/spec/shared';
import type { FirstDayMistake } from './first-day-mistake.js';
import type { Shop } from './shop.js';

/** What a person is told about a mistake. */
export interface Answer {
  readonly code: string;
  readonly places: readonly string[];
  readonly text: string;
}

interface Issue {
  readonly path: string;
  readonly code: string;
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

const answerTo = ({ code, path, message, line, column }: Issue): Answer => ({
  code,
  places: [path, ...(line === undefined ? [] : [`${line}:${column}`])],
  text: message,
});

/** The texts among the details of an error, at any depth. */
function textsIn(details: unknown): string[] {
  if (typeof details === 'string') return [details];
  return typeof details === 'object' && details !== null ? Object.values(details).flatMap(textsIn) : [];
}

/** The names in the details of an error and in its message, which is all that some errors have. */
function placesOf({ details, message, cause }: ObjectStackError): string[] {
  const { object, field, fields = [field ?? ''], referredBy } = details;
  const names = fields.map((name) => `${object}.${name}`);
  const referring = referredBy ? [`${referredBy.object}.${referredBy.field}`] : [];
  const words = `${message} ${cause instanceof Error ? cause.message : ''}`
    .split(/[\s`"(),;]+/)
    .map((word) => word.replace(/[.:]$/, ''));
  return [...names, ...referring, ...textsIn(details), ...words];
}

function answersTo(error: ObjectStackError): Answer[] {
  const { code, message, details } = error;
  const { issues = [], violations = [] } = details;
  const ofViolations = violations.map(({ field }) => ({
    code,
    places: [toJsonPointer([field])],
    text: message,
  }));
  return [
    ...issues.map((issue) => answerTo({ message: '', ...issue } as Issue)),
    ...ofViolations,
    { code, places: placesOf(error), text: message },
  ];
}

function answersIn(result: unknown): Answer[] {
  const { issues = [] } = (result ?? {}) as { issues?: readonly Issue[] };
  return issues.map(answerTo);
}

/** The answers to a mistake. There is none if it is accepted, or if the error is not one of the protocol. */
export async function answersOf({ make }: FirstDayMistake, shop: Shop): Promise<Answer[]> {
  try {
    return answersIn(await make(shop));
  } catch (error) {
    return ObjectStackError.isInstance(error) ? answersTo(error) : [];
  }
}

/**
 * Points of the best answer: 0 for none, 1 for an error with another code or without the place, 2 with code and place,
 * 3 if it also says what to do.
 */
export function pointsOf({ code, place, hint }: FirstDayMistake, answers: readonly Answer[]): number {
  if (answers.length === 0) return 0;
  const exact = answers.filter((answer) => answer.code === code && answer.places.includes(place));
  if (exact.length === 0) return 1;
  return exact.some(({ text }) => hint.test(text)) ? 3 : 2;
}
