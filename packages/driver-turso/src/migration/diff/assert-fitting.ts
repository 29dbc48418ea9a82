import { backfillProblem, defaultProblem, type Field, type ObjectDefinition } from '@objectstack/spec/data';
import { ObjectStackError, type Steps } from '@objectstack/spec/shared';
import type { CurrentSchema } from '@objectstack/spec/system';
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

/**
 * Throws `invalid_request` if a default or a backfill does not fit its field, with the issues that `validateBundle`
 * reports. A field that is already deployed unchanged is accepted, because earlier versions may have had other rules.
 */
export function* assertFitting(current: CurrentSchema, desired: readonly ObjectDefinition[]): Steps<void> {
  const deployed = new Map(current.objects.map(({ definition }) => [definition.name, definition.fields]));
  for (const { name: object, fields } of desired) {
    yield;
    const known = deployed.get(object);
    const issues = Object.entries(fields).flatMap(([name, field]) => {
      const found = issuesOf(name, fields, field);
      const isKnown = found.length > 0 && isSameJson(known?.[name] ?? null, field);
      return isKnown ? [] : found;
    });
    if (issues.length === 0) continue;
    throw new ObjectStackError({
      code: 'invalid_request',
      message: `The definition of ${object} has a default or a backfill that its field cannot store. details.issues lists them.`,
      details: { object, issues },
    });
  }
}
