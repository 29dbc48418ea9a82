import { describe, expect, it } from 'vitest';
import { carried } from './metadata-key.js';

describe('carried', () => {
  it('is the class of each of its names', () => {
    expect(carried('label', 'icon')).toEqual({ label: 'carried', icon: 'carried' });
  });
});
