import { describe, expect, it } from 'vitest';
import { readSources } from '../catalog/source-index.js';
import { completeBarrel } from './complete-barrel.js';

const barrels = (await readSources()).filter(({ path }) => /^[\w-]+\/index\.ts$/.test(path));
const lines = barrels.flatMap(({ path, text }) =>
  [...text.matchAll(/^export \* from '(.+)\.js';\n/gm)].map(([line, module = '']) => ({
    path,
    text,
    line,
    module,
  })),
);

describe('completeBarrel', () => {
  it.each(lines)('inserts $module of $path at its sorted position', ({ text, line, module }) => {
    expect(completeBarrel(text.replace(line, ''), [module])).toBe(text);
  });

  it('does not change a complete barrel', () => {
    for (const { text } of barrels) expect(completeBarrel(text, [])).toBe(text);
  });
});
