/**
 * Boundary of an HTTP service: request bodies by schema, the tenant that a request selects, and errors as problem details,
 * with the Fetch API.
 * @module
 */
export * from './create-tenant-resolver.js';
export * from './json-error-place.js';
export * from './parse-request.js';
export { rateLimitHeaders } from './rate-limit-headers.js';
export * from './read-body.js';
export * from './request-host.js';
export * from './request-path.js';
export * from './tenant-request.js';
export * from './to-problem-response.js';
