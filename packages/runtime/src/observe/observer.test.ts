import { ObjectStackError } from '@objectstack/spec/shared';
import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { Observer } from './observer.js';

const CALL = { part: 'registry', method: 'getTenant', tenantId: 't1' };

/** A real pino logger whose lines can be read. */
function openLogger(level = 'debug') {
  const lines: Record<string, unknown>[] = [];
  const logger = pino(
    { level, base: null, timestamp: false },
    { write: (line) => lines.push(JSON.parse(line)) },
  );
  return { lines, logger };
}

const LEVEL = pino.levels.values;

const failing = (error: unknown) => async () => {
  throw error;
};

describe('Observer', () => {
  it('logs calls and events as lines of pino', async () => {
    const { lines, logger } = openLogger();
    const observer = new Observer({ logger });
    expect(await observer.observe(CALL, async () => ({ name: 'canary' }))).toEqual({ name: 'canary' });
    observer.emit('keys.rotated', { keyId: 'k2', resealed: 1, remaining: 0 });
    observer.emit('health.changed', { part: 'registry', reachable: false, since: 'now' });
    expect(lines).toEqual([
      { ...CALL, level: LEVEL.debug, durationMs: expect.any(Number), msg: 'registry.getTenant' },
      {
        level: LEVEL.info,
        event: 'keys.rotated',
        keyId: 'k2',
        resealed: 1,
        remaining: 0,
        msg: 'keys.rotated',
      },
      {
        level: LEVEL.warn,
        event: 'health.changed',
        part: 'registry',
        reachable: false,
        since: 'now',
        msg: 'health.changed',
      },
    ]);
  });

  it.each([
    ['tenant_not_found', LEVEL.info],
    ['database_unreachable', LEVEL.warn],
    ['bundle_corrupt', LEVEL.error],
  ] as const)('logs a failure by its code: %s', async (code, level) => {
    const { lines, logger } = openLogger();
    const error = new ObjectStackError({ code, message: 'Found eyJhbGciOiJF.eyJh.c2ln here.' });
    await expect(new Observer({ logger }).observe(CALL, failing(error))).rejects.toBe(error);
    expect(lines).toEqual([
      {
        ...CALL,
        level,
        durationMs: expect.any(Number),
        errorCode: code,
        detail: 'Found [redacted] here.',
        msg: 'registry.getTenant failed',
      },
    ]);
  });

  it('logs nothing of an untyped error, which may contain values of records', async () => {
    const { lines, logger } = openLogger();
    const error = new Error('canary', { cause: 'canary' });
    await expect(new Observer({ logger }).observe(CALL, failing(error))).rejects.toBe(error);
    expect(lines[0]).toMatchObject({ level: LEVEL.error, errorCode: 'internal' });
    expect(JSON.stringify(lines)).not.toContain('canary');
  });

  it('is not affected by a logger or telemetry that throws', async () => {
    const oops = () => {
      throw new Error('full');
    };
    const logger = { debug: oops, info: oops, warn: oops, error: oops };
    const telemetry = { observe: <T>(_: unknown, work: () => Promise<T>) => work(), count: oops };
    const observer = new Observer({ logger, telemetry });
    const seen: unknown[] = [];
    observer.on('keys.rotated', (payload) => seen.push(payload));
    observer.emit('keys.rotated', { resealed: 0, remaining: 0 });
    expect(seen).toHaveLength(1);
    expect(await observer.observe(CALL, async () => 7)).toBe(7);
    await expect(observer.observe(CALL, failing(oops))).rejects.toBe(oops);
  });
});
