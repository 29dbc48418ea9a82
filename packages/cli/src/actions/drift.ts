import type { Action } from '../frame/command.js';
import { isSet } from '../frame/read-options.js';
import { table } from '../output/table.js';

/** Compares the tables of a tenant with the deployed ones. */
export const drift: Action = async (context, input) => {
  const { signal } = context;
  const tenantId = await context.tenantId();
  const { runtime, dataPlane } = await context.session();
  const driver = await runtime.router.getTenantClient(tenantId);
  const found = dataPlane.schemaDiff.findDrift(await dataPlane.schemaDiff.introspect(driver, { signal }));
  return {
    document: { tenantId, drift: found },
    exit: found.length === 0 ? 'ok' : 'failure',
    text(style) {
      if (found.length === 0) return style.green('✔ The tables are as they were deployed.');
      const rows = found.map(({ code, kind, table: name, name: part }) => [code, kind, name, part]);
      const sql = isSet(input, 'sql')
        ? found.flatMap(({ statements }) => statements.map((one) => `${one};`))
        : [];
      return [
        table(style, ['code', 'kind', 'table', 'name'], rows),
        ...(sql.length > 0 ? [sql.join('\n')] : []),
      ].join('\n\n');
    },
  };
};
