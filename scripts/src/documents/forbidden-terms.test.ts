import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CLEAN_AREAS, forbiddenTerms } from './forbidden-terms.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const TEXT = /\.(ts|md|json|txt|yaml|yml)$/;

const tracked = execFileSync('git', ['ls-files', '--', ...CLEAN_AREAS], { cwd: ROOT, encoding: 'utf8' })
  .split('\n')
  .filter((path) => TEXT.test(path));

describe('the clean areas', () => {
  it('all contain tracked text files', () => {
    for (const area of CLEAN_AREAS) expect(tracked.filter((path) => path.startsWith(area))).not.toEqual([]);
  });

  it('contain no forbidden term', async () => {
    const found = await Promise.all(
      tracked.map(async (path) => {
        const text = await readFile(join(ROOT, path), 'utf8').catch((error: NodeJS.ErrnoException) => {
          // A tracked file that was deleted and is not committed yet.
          if (error.code === 'ENOENT') return '';
          throw error;
        });
        return forbiddenTerms(text).map(
          ({ line, found: term, instead }) => `${path}:${line}: "${term}" (instead: ${instead})`,
        );
      }),
    );
    expect(found.flat()).toEqual([]);
  });
});

describe('forbiddenTerms', () => {
  it('returns every term with its line and the standard equivalent', () => {
    expect(forbiddenTerms('Data that is\nkept aside, so that nobody loses it.')).toEqual([
      { line: 2, found: 'kept aside', instead: 'retained' },
      { line: 2, found: 'nobody', instead: 'the user, process or client that is meant' },
    ]);
  });

  it.each([
    'Behaviour',
    'a stranger',
    'It is made again',
    'organisation',
    'the way back',
    'takes away',
    'anew',
  ])('finds %j', (text) => {
    expect(forbiddenTerms(text)).toHaveLength(1);
  });

  it.each(['keep_aside', 'sanitize', 'organization', 'The outsider', 'deleteBehavior', 'canceled'])(
    'permits %j',
    (text) => {
      expect(forbiddenTerms(text)).toEqual([]);
    },
  );
});
