import { type JsonPath, toJsonPointer } from '../shared/json-pointer.js';
import { rejection } from './rejection.js';

/** The error of a mistake in a query, with the path of the innermost key or item that is wrong. */
export const invalidQuery = (path: JsonPath) => rejection('invalid_query', { path: toJsonPointer(path) });

/** The error of a mistake in a filter, with the path of the innermost key or item that is wrong. */
export const invalidFilter = (path: JsonPath) => rejection('invalid_filter', { path: toJsonPointer(path) });
