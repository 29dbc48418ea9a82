import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { comment, propertyComment } from './documentation.js';

describe('propertyComment', () => {
  it('contains the description and the default of a property', () => {
    expect(propertyComment(z.enum(['asc', 'desc']).default('asc').describe('Direction.'))).toBe(
      '/**\n * Direction.\n * @defaultValue `"asc"`\n */\n',
    );
  });

  it('uses the description of the wrapped schema', () => {
    expect(propertyComment(z.string().describe('A name.').optional())).toBe('/** A name. */\n');
  });
});

describe('comment', () => {
  it('escapes the end of a comment', () => {
    expect(comment(['All of src/*/ and more.'])).toBe('/** All of src/*\\/ and more. */\n');
  });

  it('is empty for nothing', () => {
    expect(comment([undefined])).toBe('');
  });
});
