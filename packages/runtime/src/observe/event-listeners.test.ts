import { describe, expect, it } from 'vitest';
import { EventListeners } from './event-listeners.js';

const ROTATED = { keyId: 'k2', resealed: 1, remaining: 0 };

describe('EventListeners', () => {
  it('calls the listeners of the event, each with a payload of its own, until they are removed', () => {
    const listeners = new EventListeners();
    const seen: unknown[] = [];
    const remove = listeners.on('keys.rotated', (payload) => {
      seen.push({ ...payload });
      payload.remaining = 7;
    });
    listeners.on('keys.rotated', (payload) => seen.push(payload));
    listeners.on('tenant.created', () => seen.push('wrong'));
    listeners.emit('keys.rotated', ROTATED);
    expect(seen).toEqual([ROTATED, ROTATED]);
    remove();
    remove();
    listeners.emit('keys.rotated', ROTATED);
    expect(seen).toHaveLength(3);
  });

  it('ignores what listeners throw, now or later', async () => {
    const listeners = new EventListeners();
    const seen: unknown[] = [];
    listeners.on('keys.rotated', () => {
      throw new Error('now');
    });
    listeners.on('keys.rotated', async () => {
      throw new Error('later');
    });
    listeners.on('keys.rotated', (payload) => seen.push(payload));
    listeners.emit('keys.rotated', ROTATED);
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen).toEqual([ROTATED]);
  });

  it('calls a function as often as it was registered, and removes one registration', () => {
    const listeners = new EventListeners();
    let calls = 0;
    const listener = () => calls++;
    const remove = listeners.on('keys.rotated', listener);
    listeners.on('keys.rotated', listener);
    remove();
    listeners.emit('keys.rotated', ROTATED);
    expect(calls).toBe(1);
  });

  it.each([
    ['tenant.acitvated', () => undefined],
    ['toString', () => undefined],
    ['tenant.created', undefined],
  ])('rejects the event %j with %s', (event, listener) => {
    const on = () => new EventListeners().on(event as never, listener as never);
    expect(on).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  });
});
