import type { DataRecord, DriverOptions } from '@objectstack/spec/contracts';
import type { QueryInput } from '@objectstack/spec/data';
import type { ObjectCalls } from './object-calls.js';
import { assertRecords } from './parse-query.js';
import { planFind, selectPages } from './select-records.js';
import { streamRecords } from './stream-records.js';
import { withTypedErrorsIn } from './with-typed-errors.js';

/** Streams the records of a query. Each page is a call of its own. */
export function findStream(
  calls: ObjectCalls,
  { object, query, options }: { object: string; query: QueryInput; options: DriverOptions },
): AsyncIterable<DataRecord> {
  const selectPage = selectPages();
  const source = {
    object,
    assertAnswerable: () =>
      calls.run(object, options, async (operation) => {
        assertRecords(query);
        planFind(operation, query);
      }),
    find: (part: QueryInput) => calls.run(object, options, (operation) => selectPage(operation, part)),
  };
  return withTypedErrorsIn(() => streamRecords(source, query, options?.signal));
}
