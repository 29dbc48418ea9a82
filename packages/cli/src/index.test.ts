import { describe, expect, it } from 'vitest';
import * as cli from './index.js';

describe('@objectstack/cli', () => {
  it('exports exactly this', () => {
    expect(Object.keys(cli).sort()).toEqual(['defineConfig', 'run']);
  });

  it('returns a configuration unchanged', () => {
    const config = { organization: 'acme' } as const;
    expect(cli.defineConfig(config)).toBe(config);
  });
});
