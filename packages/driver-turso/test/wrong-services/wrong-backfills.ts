import type { Field, ObjectDefinition } from '@objectstack/spec/data';
import type { FieldChange } from '@objectstack/spec/system';
import { quote } from '../../src/schema/quote.js';
import { afterApply, codeOf, right, type WrongServices, wrong } from './wrong-service.js';

/** Replaces the backfilled values of the fields by something else, once they were written. */
const replacing = (which: (change: FieldChange) => boolean, value: (field: Field) => unknown) =>
  afterApply(async (driver, { diff }) => {
    if (diff.restores) return;
    for (const change of diff.fields.filter(which)) {
      const [column, field] = [quote(change.field), change.after];
      if (field?.backfill === undefined) continue;
      await driver.execute(`UPDATE ${quote(change.object)} SET ${column} = ? WHERE ${column} = ?`, [
        value(field) as never,
        field.backfill as never,
      ]);
    }
  });

/** Diffs the definitions without one key of their fields, if the right diff rejects them. */
const withoutUnfit =
  (key: 'defaultValue' | 'backfill'): typeof right.diff =>
  (current, desired, options) => {
    try {
      return right.diff(current, desired, options);
    } catch (error) {
      if (codeOf(error) !== 'invalid_request') throw error;
      const stripped = desired.map((definition): ObjectDefinition => {
        const fields = Object.entries(definition.fields).map(([name, { [key]: _, ...field }]) => [
          name,
          field,
        ]);
        return { ...definition, fields: Object.fromEntries(fields) };
      });
      return right.diff(current, stripped, options);
    }
  };

export const wrongBackfills: WrongServices = {
  'fills a field that becomes required with its default': wrong(['backfill/required'], () => ({
    applyMigrations: replacing(
      ({ before, after }) => before !== undefined && after?.defaultValue !== undefined,
      ({ defaultValue }) => defaultValue ?? null,
    ),
  })),
  'does not fill an added field': wrong(['backfill/added'], () => ({
    applyMigrations: replacing(
      ({ before }) => before === undefined,
      () => null,
    ),
  })),
  'deploys the backfill as the default': wrong(['backfill/later-records'], () => ({
    diff: (current, desired, options) =>
      right.diff(
        current,
        desired.map((definition) => {
          const fields = Object.entries(definition.fields).map(([name, field]) => [
            name,
            'backfill' in field && field.required ? { ...field, defaultValue: field.backfill } : field,
          ]);
          return { ...definition, fields: Object.fromEntries(fields) };
        }),
        options,
      ),
  })),
  'keeps what a backfill wrote when it rolls back': wrong(['backfill/rollback'], () => ({
    applyMigrations: afterApply(async (driver, { diff }) => {
      if (!diff.restores) return;
      for (const { object, field, before, after } of diff.fields) {
        if (!after || typeof before?.backfill !== 'string') continue;
        const sql = `UPDATE ${quote(object)} SET ${quote(field)} = ? WHERE ${quote(field)} IS NULL`;
        await driver.execute(sql, [before.backfill]);
      }
    }),
  })),
  'ignores a backfill that its field cannot store': wrong(['backfill/unfit'], () => ({
    diff: withoutUnfit('backfill'),
  })),
  'ignores a default that its field cannot store': wrong(['diff/unfit-default'], () => ({
    diff: withoutUnfit('defaultValue'),
  })),
};
