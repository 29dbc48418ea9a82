/**
 * Traces and metrics of a runtime. Requires the package `@opentelemetry/api`.
 * @module
 */

export { type OpenTelemetryOptions, openTelemetry } from './open-telemetry.js';
