import { tursoLocal } from '@objectstack/driver-turso';
import { ObjectStackError } from '@objectstack/spec/shared';
import { temporaryFolder } from '@objectstack/testing';
import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  AggregationTemporality,
  type DataPoint,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createRuntime } from '../create-runtime.js';
import { openTelemetry } from './open-telemetry.js';

const BUNDLE = {
  manifest: { version: '1.0.0' },
  objects: [{ name: 'note', fields: { body: { type: 'text' } } }],
} as const;

/** The official SDK with its exporters in memory. */
function sdk() {
  const spans = new InMemorySpanExporter();
  const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const meterProvider = new MeterProvider({ readers: [reader] });
  onTestFinished(async () => {
    await tracerProvider.shutdown();
    await meterProvider.shutdown();
  });
  const pointsOf = async (name: string) => {
    await reader.forceFlush();
    const found = exporter
      .getMetrics()
      .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((one) => one.metrics));
    return found
      .filter(({ descriptor }) => descriptor.name === name)
      .flatMap(({ dataPoints }) => dataPoints as DataPoint<unknown>[]);
  };
  return { spans, pointsOf, telemetry: openTelemetry({ tracerProvider, meterProvider }) };
}

describe('openTelemetry', () => {
  beforeAll(() => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  });
  afterAll(() => context.disable());

  it('traces each call of a service with the calls that it makes, and counts events', async () => {
    const { spans, pointsOf, telemetry } = sdk();
    const dataPlane = tursoLocal({ dir: await temporaryFolder() });
    const os = await createRuntime({ dataPlane, telemetry });
    onTestFinished(() => os.close());
    const { tenantId } = await os.provisioning.provisionTenant({ orgId: 'acme' });
    await os.deployments.deploy(tenantId, { ...BUNDLE, objects: [...BUNDLE.objects] });
    const client = await os.router.getTenantClient(tenantId);
    await client.create('note', { body: 'canary-1f2e' });
    for await (const { body } of client.findStream('note')) expect(body).toBe('canary-1f2e');
    const finished = spans.getFinishedSpans();
    const byName = (name: string) => finished.filter((span) => span.name === name);
    const [deploy] = byName('deployments.deploy');
    expect(deploy?.attributes).toEqual({
      'objectstack.part': 'deployments',
      'objectstack.method': 'deploy',
      'objectstack.tenant.id': tenantId,
    });
    const inDeploy = finished.filter(
      (span) => span.spanContext().traceId === deploy?.spanContext().traceId && span !== deploy,
    );
    expect(new Set(inDeploy.map(({ name }) => name))).toEqual(
      expect.objectContaining(new Set(['registry.saveDeployment', 'bundles.put'])),
    );
    expect(inDeploy.every(({ parentSpanContext }) => parentSpanContext !== undefined)).toBe(true);
    for (const name of ['database.create', 'database.findStream'])
      expect(byName(name).map(({ attributes }) => attributes['objectstack.tenant.id'])).toEqual([tenantId]);
    expect(byName('platform.createDatabase')).toHaveLength(1);
    expect(JSON.stringify(finished.map(({ name, attributes }) => [name, attributes]))).not.toContain(
      'canary',
    );
    const counted = await pointsOf('objectstack.events');
    expect(counted.map(({ attributes, value }) => [attributes['objectstack.event'], value])).toEqual([
      ['tenant.created', 1],
      ['tenant.activated', 1],
      ['deployment.started', 1],
      ['deployment.ready', 1],
    ]);
    const durations = await pointsOf('objectstack.call.duration');
    expect(durations.some(({ attributes }) => attributes['objectstack.tenant.id'] !== undefined)).toBe(false);
    expect(durations.map(({ attributes }) => attributes['objectstack.method'])).toContain('deploy');
  });

  it('marks a failed call with the code of its error, without its message', async () => {
    const { spans, pointsOf, telemetry } = sdk();
    const failures = [
      new ObjectStackError({ code: 'plan_stale', message: 'canary-1f2e' }),
      new Error('canary-1f2e'),
    ];
    for (const failure of failures) {
      const call = telemetry.observe({ part: 'registry', method: 'getTenant' }, async () => {
        throw failure;
      });
      await expect(call).rejects.toBe(failure);
    }
    const finished = spans.getFinishedSpans();
    expect(finished.map(({ status, attributes }) => [status, attributes['error.type']])).toEqual([
      [{ code: 2, message: 'plan_stale' }, 'plan_stale'],
      [{ code: 2, message: 'internal' }, 'internal'],
    ]);
    expect(finished.flatMap(({ events }) => events)).toEqual([]);
    const durations = await pointsOf('objectstack.call.duration');
    expect(durations.map(({ attributes }) => attributes['error.type'])).toEqual(['plan_stale', 'internal']);
  });

  it('has no effect without an SDK', async () => {
    const telemetry = openTelemetry();
    telemetry.count('tenant.created');
    expect(await telemetry.observe({ part: 'registry', method: 'getTenant' }, async () => 7)).toBe(7);
  });
});
