import { describe, expect, it } from 'vitest';
import { PROTOCOL_VERSION, ProtocolVersionSchema } from './protocol-version.zod.js';

describe('ProtocolVersionSchema', () => {
  it.each([PROTOCOL_VERSION, '2', '999999'])('accepts %s', (version) => {
    expect(ProtocolVersionSchema.parse(version)).toBe(version);
  });

  it.each(['', '0', '01', '1.0', 'one', '1000000', '1\n', 1])('rejects %j', (version) => {
    expect(ProtocolVersionSchema.safeParse(version).success).toBe(false);
  });
});
