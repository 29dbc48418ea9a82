import { backfillProblem, defaultProblem, type Field, type ObjectDefinition } from '@objectstack/spec/data';
import { ObjectStackError, type Steps } from '@objectstack/spec/shared';
import type { CurrentSchema } from '@objectstack/spec/system';
import { memoizeFrozen } from '../../schema/freeze-deeply.js';
import { isSameJson } from '../../schema/hash-of.js';

interface Issue {
  readonly path: string;
  readonly code: 'invalid_default' | 'invalid_backfill';
  readonly message: string;
}

function issuesOf(name: string, fields: ObjectDefinition['fields'], field: Field): Issue[] {
  const problems = [
    { key: 'defaultValue', code: 'invalid_default', problem: defaultProblem(field) },
    { key: 'backfill', code: 'invalid_backfill', problem: backfillProblem(field, fields) },
  ] as const;
  return problems.flatMap(({ key, code, problem }) =>
    problem ? [{ path: `/fields/${name}/${key}`, code, message: `${key} ${problem}.` }] : [],
  );
}

interface Misfit {
  readonly name: string;
  readonly field: Field;
  readonly issues: Issue[];
}

/** The fields of a definition with a default or a backfill that does not fit. */
const misfitsIn = memoizeFrozen(({ fields }: ObjectDefinition): Misfit[] =>
  Object.entries(fields).flatMap(([name, field]) => {
    const issues = issuesOf(name, fields, field);
    return issues.length > 0 ? [{ name, field, issues }] : [];
  }),
);

/**
 * Throws `invalid_request` if a default or a backfill does not fit its field, with the issues that `validateBundle`
 * reports. A field that is already deployed unchanged is accepted, because earlier versions may have had other rules.
 */
export function* assertFitting(current: CurrentSchema, desired: readonly ObjectDefinition[]): Steps<void> {
  const deployed = new Map(current.objects.map(({ definition }) => [definition.name, definition.fields]));
  for (const definition of desired) {
    yield;
    const { name: object } = definition;
    const known = deployed.get(object);
    const issues = misfitsIn(definition).flatMap(({ name, field, issues: found }) =>
      isSameJson(known?.[name] ?? null, field) ? [] : found,
    );
    if (issues.length === 0) continue;
    throw new ObjectStackError({
      code: 'invalid_request',
      message: `The definition of ${object} has a default or a backfill that its field cannot store. details.issues lists them.`,
      details: { object, issues },
    });
  }
}
