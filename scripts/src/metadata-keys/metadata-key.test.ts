import { describe, expect, it } from 'vitest';
import { storedOnly } from './metadata-key.js';

describe('storedOnly', () => {
  it('is the class of each of its names', () => {
    expect(storedOnly('label', 'icon')).toEqual({ label: 'stored_only', icon: 'stored_only' });
  });
});
