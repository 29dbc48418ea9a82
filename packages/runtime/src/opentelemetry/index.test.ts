import { describe, expect, it } from 'vitest';
import * as opentelemetry from './index.js';

describe('@objectstack/runtime/opentelemetry', () => {
  it('exports exactly this', () => {
    expect(Object.keys(opentelemetry)).toEqual(['openTelemetry']);
  });
});
