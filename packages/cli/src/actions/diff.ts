import { createSqliteSchemaDiff } from '@objectstack/driver-turso';
import type { Action } from '../frame/command.js';
import { table } from '../output/table.js';
import { versionOf } from '../project/version-of.js';

/** Compares the objects of two versions without changing anything. */
export const diff: Action = async (context, { args: [from, to] }) => {
  const before = await versionOf(context, from);
  const after = await versionOf(context, to);
  const findings = createSqliteSchemaDiff().lint({ objects: before.objects }, { objects: after.objects });
  return {
    document: { from: before.name, to: after.name, findings },
    text(style) {
      if (findings.length === 0) return style.green('✔ The objects are equal, or differ only in additions.');
      const rows = findings.map(({ risk, code, changeId, object, message }) => [
        risk,
        code,
        changeId ?? object ?? '',
        message,
      ]);
      return table(style, ['risk', 'code', 'change', 'effect'], rows);
    },
  };
};
