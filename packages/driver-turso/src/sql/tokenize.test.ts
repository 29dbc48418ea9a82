import { describe, expect, it } from 'vitest';
import { foldCase, tokenize, unquoted } from './tokenize.js';

const kindsOf = (sql: string) => tokenize(sql).map(({ kind, text }) => `${kind} ${text}`);

describe('tokenize', () => {
  it.each([
    ['a -- b\n c /* d */ e', ['word a', 'word c', 'word e']],
    ['a /*/ b */ c /* d', ['word a', 'word c']],
    ['a/*', ['word a', 'punctuation /', 'punctuation *']],
    ['\uFEFFa\u00a0b\u2003c', ['word a\u00a0b\u2003c']],
    [`'it''s' "a""b" \`c\`\`d\` [e"]`, [`string 'it''s'`, 'quoted "a""b"', 'quoted `c``d`', 'quoted [e"]']],
    [`x'ab' X'' x "x'"`, [`blob x'ab'`, `blob X''`, 'word x', `quoted "x'"`]],
    ['1.5e+3 .5 0x1F 1e5', ['number 1.5e+3', 'number .5', 'number 0x1F', 'number 1e5']],
    [
      "? ?12 :a @b $c::d(e') #f",
      ['variable ?', 'variable ?12', 'variable :a', 'variable @b', "variable $c::d(e')", 'variable #f'],
    ],
    [`:a('), b`, [`variable :a(')`, 'punctuation ,', 'word b']],
    [
      'a->>b||c<>d',
      ['word a', 'punctuation ->>', 'word b', 'punctuation ||', 'word c', 'punctuation <>', 'word d'],
    ],
    [`a 'b`, ['word a', `unknown 'b`]],
    ['a [b', ['word a', 'unknown [b']],
    ['a$b $', ['word a$b', 'unknown $']],
    ['a \v\vb', ['word a', 'word b']],
    ['a\vb', ['word a', 'unknown \vb']],
    ['a ! b', ['word a', 'unknown ! b']],
    ['a != b', ['word a', 'punctuation !=', 'word b']],
    ['a ^ b', ['word a', 'unknown ^ b']],
    ['', []],
  ])('cuts %j', (sql, tokens) => {
    expect(kindsOf(sql)).toEqual(tokens);
  });

  it('reports whether white space or a comment precedes a token', () => {
    expect(tokenize('a(b /**/c)').map(({ isSpaced }) => isSpaced)).toEqual([
      false,
      false,
      false,
      true,
      false,
    ]);
  });
});

describe('unquoted', () => {
  it.each([
    ['"a""b"', 'a"b'],
    ['`a``b`', 'a`b'],
    ['[a""b]', 'a""b'],
    [`'a''b'`, `a'b`],
    ['aB', 'aB'],
  ])('of %s is %s', (sql, name) => {
    expect(tokenize(sql).map(unquoted)).toEqual([name]);
  });
});

describe('foldCase', () => {
  it('changes only ASCII letters, as SQLite does', () => {
    expect(foldCase('FSDIR Ä \u212A \u017F')).toBe('fsdir Ä \u212A \u017F');
  });
});
