import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { EmailAddressSchema } from './email-address.zod.js';

describe('EmailAddressSchema', () => {
  it.each(['ada@example.com', "o'brien+lists@mail.example.co.uk", 'a.b-c_d@x1.io'])(
    'accepts %s',
    (address) => {
      expect(EmailAddressSchema.parse(address)).toBe(address);
    },
  );

  it.each([
    'ada',
    'ada@example',
    '@example.com',
    'ada@-example.com',
    'ada@example-.com',
    '.ada@example.com',
    'ada..b@example.com',
    'ada@example.com\n',
    `${'a'.repeat(250)}@example.com`,
  ])('rejects %j', (address) => {
    expect(issuePaths(EmailAddressSchema, address)).toEqual(['']);
  });
});
