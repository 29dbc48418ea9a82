import { describe, expect, it } from 'vitest';
import { regionOf } from './region-of.js';

describe('regionOf', () => {
  it.each([
    ['eu-west', 'eu-west'],
    ['aws-ap-south-1', 'ap-south'],
    ['lhr', undefined],
    [undefined, undefined],
  ])('reads the location %s as %s', (primaryLocation, region) => {
    expect(regionOf({ ...(primaryLocation !== undefined && { primaryLocation }) })).toBe(region);
  });
});
