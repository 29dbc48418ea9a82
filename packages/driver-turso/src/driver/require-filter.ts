import type { Filter } from '@objectstack/spec/data';
import { invalidFilter } from './invalid-filter.js';
import type { ObjectModel } from './object-model.js';
import { assertOnlyFilter } from './parse-query.js';

/** The filter of a query that has nothing else. An absent filter is rejected, because it would match all records. */
export function requireFilter(model: ObjectModel, query: { where?: Filter }): Filter {
  if (query?.where === undefined) throw invalidFilter('/where', 'A filter is required');
  assertOnlyFilter(model, query);
  return query.where;
}
