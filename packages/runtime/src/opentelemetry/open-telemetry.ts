import type { ITelemetry, ObservedCall } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import {
  type Attributes,
  type MeterProvider,
  metrics,
  type Span,
  SpanStatusCode,
  type TracerProvider,
  trace,
} from '@opentelemetry/api';
import manifest from '../../package.json' with { type: 'json' };

export interface OpenTelemetryOptions {
  /** Absent: the global provider, which has no effect unless an SDK is registered. */
  readonly tracerProvider?: TracerProvider;
  /** Absent: the global provider, which has no effect unless an SDK is registered. */
  readonly meterProvider?: MeterProvider;
}

const NAME = manifest.name;

const codeOf = (error: unknown) => (ObjectStackError.isInstance(error) ? error.code : 'internal');

const seconds = (startedAt: number) => (performance.now() - startedAt) / 1_000;

/** Messages of errors are left out: only those of this project are known to contain no record values. */
function fail(span: Span, error: unknown): void {
  span.setAttribute('error.type', codeOf(error));
  span.setStatus({ code: SpanStatusCode.ERROR, message: codeOf(error) });
}

/** Metrics have no tenant: each value of an attribute is a time series of its own. */
const measured = ({ part, method }: ObservedCall, error?: { readonly reason: unknown }): Attributes => ({
  'objectstack.part': part,
  'objectstack.method': method,
  ...(error && { 'error.type': codeOf(error.reason) }),
});

/**
 * Traces and metrics of a runtime through the OpenTelemetry API: a span `<part>.<method>` for each call, the histogram
 * `objectstack.call.duration` in seconds, and the counter `objectstack.events`.
 */
export function openTelemetry(options: OpenTelemetryOptions = {}): ITelemetry {
  const tracer = (options.tracerProvider ?? trace).getTracer(NAME, manifest.version);
  const meter = (options.meterProvider ?? metrics).getMeter(NAME, manifest.version);
  const duration = meter.createHistogram('objectstack.call.duration', {
    description: 'Duration of the calls of services and parts.',
    unit: 's',
  });
  const events = meter.createCounter('objectstack.events', { description: 'Number of events.' });
  return {
    observe(call, work) {
      const { part, method, tenantId } = call;
      const attributes = {
        'objectstack.part': part,
        'objectstack.method': method,
        ...(tenantId !== undefined && { 'objectstack.tenant.id': tenantId }),
      };
      return tracer.startActiveSpan(`${part}.${method}`, { attributes }, async (span) => {
        const startedAt = performance.now();
        try {
          const result = await work();
          duration.record(seconds(startedAt), measured(call));
          return result;
        } catch (error) {
          fail(span, error);
          duration.record(seconds(startedAt), measured(call, { reason: error }));
          throw error;
        } finally {
          span.end();
        }
      });
    },
    count: (event) => events.add(1, { 'objectstack.event': event }),
  };
}
