import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { memorySuite } from '../../test/memory-suite.js';
import { describeDataDriver } from '../data-driver/describe-data-driver.js';
import { MemoryDriver } from './memory-driver.js';

describeDataDriver({ describe, it }, memorySuite());

describe('MemoryDriver', () => {
  it('has the version of its package', () => {
    expect(new MemoryDriver().version).toBe(manifest.version);
  });
});
