import { describe, expect, it } from 'vitest';
import * as s3 from './index.js';

describe('@objectstack/runtime/s3', () => {
  it('exports exactly this', () => {
    expect(Object.keys(s3)).toEqual(['s3AppRegistry', 's3BundleStore']);
  });
});
