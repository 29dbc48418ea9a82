import { describe, expect, it } from 'vitest';
import { findingsOfField, findingsOfObject } from '../../../test/bundle-findings.js';

describe('checkPreviousNames', () => {
  it.each([
    ['id', ['error reserved_name ./renamedFrom']],
    [['title', 'created_at'], ['error reserved_name ./renamedFrom']],
    ['subject', ['warning invalid_value ./renamedFrom']],
    [['subject', 'title'], ['warning invalid_value ./renamedFrom']],
    [['title', 'subject'], []],
    ['Title', ['error invalid_shape ./renamedFrom']],
    ['title', []],
  ])('reports a field with renamedFrom %j as %j', (renamedFrom, findings) => {
    expect(findingsOfField({ type: 'text', renamedFrom })).toEqual(findings);
  });

  it.each([
    ['account', ['warning invalid_value /objects/0/renamedFrom']],
    ['Customer', ['error invalid_shape /objects/0/renamedFrom']],
    ['created_at', []],
    ['customer', []],
    [['customer', 'client'], []],
  ])('reports an object with renamedFrom %j as %j', (renamedFrom, findings) => {
    expect(findingsOfObject({ renamedFrom })).toEqual(findings);
  });
});
