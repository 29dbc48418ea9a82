import { describe, expect, it } from 'vitest';
import { refusedWhenClosed } from './refused-when-closed.js';

describe('refusedWhenClosed', () => {
  it('forwards every call until the runtime is closed, and then throws or rejects like the method', async () => {
    let closed = false;
    const calls: unknown[] = [];
    const service = refusedWhenClosed(
      {
        deploy: async (id: string) => void calls.push(id),
        invalidateCache: (id: string) => void calls.push(id),
        limit: 3,
      },
      () => closed,
    );
    await service.deploy('a');
    service.invalidateCache('b');
    closed = true;
    await expect(service.deploy('c')).rejects.toMatchObject({ code: 'runtime_closed' });
    expect(() => service.invalidateCache('d')).toThrow(expect.objectContaining({ code: 'runtime_closed' }));
    expect(calls).toEqual(['a', 'b']);
    expect(service.limit).toBe(3);
  });
});
