import { describe, expect, it } from 'vitest';
import { CommandLineConfigSchema } from './command-line-config.zod.js';

describe('CommandLineConfigSchema', () => {
  it('is complete without any setting', () => {
    expect(CommandLineConfigSchema.parse({})).toEqual({
      bundle: '.',
      dataDirectory: '.objectstack',
      dataPlane: { kind: 'local', dir: '.objectstack' },
      organization: 'default',
    });
  });

  it('rejects a secret in place of a reference to one', () => {
    const dataPlane = { kind: 'cloud', organizationSlug: 'acme', platformToken: 'eyJhbGciOi' };
    const { error } = CommandLineConfigSchema.safeParse({ dataPlane });
    expect(error?.issues[0]?.path).toEqual(['dataPlane', 'platformToken']);
  });
});
