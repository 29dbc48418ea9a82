import { type JsonPath, toJsonPointer } from '../shared/json-pointer.js';
import { rejection } from './rejection.js';

/** Returns the error `invalid_query` with the path of the innermost key or item that is wrong. */
export const invalidQuery = (path: JsonPath) => rejection('invalid_query', { path: toJsonPointer(path) });

/** Returns the error `invalid_filter` with the path of the innermost key or item that is wrong. */
export const invalidFilter = (path: JsonPath) => rejection('invalid_filter', { path: toJsonPointer(path) });
