import { describe, expect, it } from 'vitest';
import { normalizeHostname } from './normalize-hostname.js';

describe('normalizeHostname', () => {
  it.each([
    ['app.acme.example', 'app.acme.example'],
    ['App.ACME.Example', 'app.acme.example'],
    ['app.acme.example.', 'app.acme.example'],
    ['app.acme.example:8443', 'app.acme.example'],
    ['b\u00fccher.example', 'xn--bcher-kva.example'],
    ['B\u00dcCHER.example', 'xn--bcher-kva.example'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['app\u3002acme.example', 'app.acme.example'],
    ['\u212Aacme.example', 'kacme.example'],
    ['localhost:3000', 'localhost'],
    ['127.0.0.1:80', '127.0.0.1'],
    ['[::1]:80', '[::1]'],
  ])('converts %j to %j', (host, expected) => {
    expect(normalizeHostname(host)).toBe(expected);
  });

  it.each([
    '',
    '.',
    '..',
    'a..example',
    'a.example..',
    '-a.example',
    'a_b.example',
    'a.example:port',
    'a.example:99999',
    'user@a.example',
    'a.example/path',
    'a.example?q',
    'a.example#f',
    'a.example\\b',
    'a%2eexample',
    'a.example, b.example',
    'a .example',
    'a.example\n',
    'a\u0000.example',
    '{tenant}.example',
    `${'a'.repeat(64)}.example`,
    'a.'.repeat(130),
  ])('refuses %j', (host) => {
    expect(normalizeHostname(host)).toBeNull();
  });
});
