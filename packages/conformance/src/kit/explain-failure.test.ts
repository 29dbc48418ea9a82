import assert from 'node:assert/strict';
import { describe, expect, it } from 'vitest';
import { explainFailure } from './explain-failure.js';
import { MismatchError } from './mismatch.js';
import { showCall } from './show.js';

const REQUIREMENT = {
  id: 'data-driver/filter/null',
  behavior: '$null finds the records without a value',
  anchor: 'docs/conformance/data-driver.md#filter',
  calls: ["create('account', { name: 'Acme' })", "find('account', {})"],
};

const messageOf = (error: unknown) => explainFailure(error, REQUIREMENT).message;

function failureOf(run: () => void): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('explainFailure', () => {
  it('shows input, expectation and result of a mismatch', () => {
    const error = new MismatchError({
      input: "find('account', { where: { nothing: 1 } })",
      expected: 'a rejection with invalid_filter',
      found: 'it succeeded with the result []',
    });
    expect(messageOf(error)).toBe(
      [
        'data-driver/filter/null: $null finds the records without a value',
        "  Input: find('account', { where: { nothing: 1 } })",
        '  Expected: a rejection with invalid_filter',
        '  Found: it succeeded with the result []',
        '  Documentation: docs/conformance/data-driver.md#filter',
      ].join('\n'),
    );
  });

  it('shows the last calls and both values of a failed assertion, with its reason', () => {
    const error = failureOf(() => assert.deepEqual(['a1'], ['a2'], 'the ids'));
    expect(messageOf(error)).toBe(
      [
        'data-driver/filter/null: $null finds the records without a value',
        '  Input, the last calls:',
        "    create('account', { name: 'Acme' })",
        "    find('account', {})",
        '  Reason: the ids',
        "  Expected: [ 'a2' ]",
        "  Found: [ 'a1' ]",
        '  Documentation: docs/conformance/data-driver.md#filter',
      ].join('\n'),
    );
  });

  it('shows any other error, and carries it as its cause', () => {
    const error = new TypeError('x is not a function');
    expect(messageOf(error)).toContain('\n  Found: TypeError: x is not a function\n');
    expect(explainFailure(error, REQUIREMENT).cause).toBe(error);
  });
});

describe('showCall', () => {
  it('shows values that JSON cannot express', () => {
    const args = ['a', new Map([['x', 1n]]), Array(1), { y: undefined }, undefined];
    expect(showCall('find', args)).toBe(
      "find('a', Map(1) { 'x' => 1n }, [ <1 empty item> ], { y: undefined })",
    );
  });

  it('shows no content of a driver or another object of a class', () => {
    class Driver {
      readonly token = 'sesame';
    }
    expect(showCall('diff', [new Driver(), { name: 'a' }])).toBe("diff(<Driver>, { name: 'a' })");
  });

  it('shortens long values', () => {
    expect(showCall('create', ['x'.repeat(10_000)]).length).toBeLessThan(1_100);
  });
});
