import { ObjectStackError } from '@objectstack/spec/shared';
import { BUNDLE_LIMITS } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { type ParseBundleOptions, parseBundle } from './parse-bundle.js';

const TEXT =
  '{"manifest":{"version":"1.0.0"},"objects":[{"name":"account","fields":{"name":{"type":"text"}}}]}';

function errorOf(text: string | Uint8Array, options?: ParseBundleOptions) {
  try {
    parseBundle(text, options);
  } catch (error) {
    if (ObjectStackError.isInstance(error)) return error;
  }
  throw new Error('parseBundle did not reject');
}

describe('parseBundle', () => {
  it.each([
    { what: 'text', input: TEXT },
    { what: 'text with a byte order mark', input: `\ufeff${TEXT}` },
    { what: 'bytes', input: new TextEncoder().encode(TEXT) },
    { what: 'bytes with a byte order mark', input: new TextEncoder().encode(`\ufeff${TEXT}`) },
  ])('parses $what and adds defaults', ({ input }) => {
    expect(parseBundle(input)).toEqual({
      protocolVersion: '1',
      manifest: { version: '1.0.0', objects: [], views: [], flows: [], permissions: [] },
      objects: [{ name: 'account', fields: { name: { type: 'text' } } }],
      views: [],
      flows: [],
      permissions: [],
      seedData: [],
    });
  });

  it('omits $schema, which only editors read', () => {
    const text = TEXT.replace('{', '{"$schema":"./DeployBundle.json",');
    expect(parseBundle(text)).toEqual(parseBundle(TEXT));
    expect(errorOf(TEXT.replace('{', '{"$schema":1,')).details).toMatchObject({ path: '/$schema' });
  });

  it.each([
    { what: 'too many bytes', limits: { maxBytes: 50 }, limit: 'maxBytes', path: '' },
    { what: 'too many levels', limits: { maxDepth: 2 }, limit: 'maxDepth', path: '/objects/0' },
    { what: 'too many keys in one object', limits: { maxKeys: 1 }, limit: 'maxKeys', path: '/objects' },
    { what: 'too many nodes', limits: { maxNodes: 4 }, limit: 'maxNodes', path: '/objects/0' },
  ])('refuses $what', ({ limits, limit, path }) => {
    const error = errorOf(TEXT, { limits: { ...BUNDLE_LIMITS, ...limits } });
    expect(error).toMatchObject({ code: 'bundle_too_large', details: { limit, path } });
  });

  it('counts bytes instead of characters', () => {
    const limits = { ...BUNDLE_LIMITS, maxBytes: TEXT.length + 1 };
    expect(errorOf(TEXT.replace('text', 'téxt€'), { limits }).code).toBe('bundle_too_large');
  });

  it.each([
    {
      what: 'bytes that are not UTF-8',
      input: new Uint8Array([0x7b, 0xff, 0x7d]),
      code: 'not_json',
      path: '',
    },
    { what: 'UTF-16', input: new Uint8Array(Buffer.from(TEXT, 'utf16le')), code: 'not_json', path: '' },
    { what: 'broken syntax', input: '{"manifest":}', code: 'not_json', path: '/manifest' },
    {
      what: 'a key that occurs twice',
      input: '{"manifest":{},"manifest":{}}',
      code: 'duplicate_name',
      path: '/manifest',
    },
    {
      what: '__proto__',
      input: '{"objects":[{"__proto__":1}]}',
      code: 'unsafe_key',
      path: '/objects/0/__proto__',
    },
    { what: 'a number above the range of doubles', input: '{"a":1e999}', code: 'inexact_number', path: '/a' },
    { what: 'an integer beyond 2^53', input: '{"a":9007199254740993}', code: 'inexact_number', path: '/a' },
    { what: 'a lone surrogate', input: '{"a":"\\ud800"}', code: 'not_json', path: '/a' },
    { what: 'a value of the wrong shape', input: '[]', code: 'invalid_shape', path: '' },
  ])('rejects $what with invalid_bundle', ({ input, code, path }) => {
    const { code: errorCode, details } = errorOf(input);
    expect(errorCode).toBe('invalid_bundle');
    expect(details).toMatchObject({ path, issues: [{ severity: 'error', code, path }] });
  });

  it('rejects a newer protocol version before any other check', () => {
    const error = errorOf('{"protocolVersion":"2","manifest":7}');
    expect(error).toMatchObject({
      code: 'unsupported_protocol_version',
      details: { path: '/protocolVersion' },
    });
  });

  it('reports errors only, without values', () => {
    const error = errorOf('{"manifest":{"version":"canary"},"extra":"canary"}');
    const issues = error.details.issues as { path: string; severity: string }[];
    expect(issues.map(({ path, severity }) => `${severity} ${path}`)).toEqual(['error /manifest/version']);
    expect(JSON.stringify(error)).not.toContain('canary');
  });

  it('does not let __proto__ keys change prototypes', () => {
    errorOf('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it.each([
    [
      'YAML',
      'manifest:\n  version: 1.0.0\nobjects:\n- name: account\n  fields:\n    name: {type: text}\n',
      undefined,
    ],
    [
      'YAML after a comment',
      '# CRM\n---\nmanifest: {version: 1.0.0}\nobjects: [{name: account, fields: {name: {type: text}}}]',
      undefined,
    ],
    ['JSON as YAML', TEXT, 'yaml'],
    ['JSON after a line', `\n  ${TEXT}`, undefined],
  ] as const)('parses %s like JSON', (_what, text, format) => {
    expect(parseBundle(text, { ...(format && { format }) })).toEqual(parseBundle(TEXT));
  });

  it.each([
    [
      'JSON',
      '{\n  "manifest": {},\n  "objects": [\n    {"name": "a", "fields": {"b": {"typ": "text"}}}\n  ]\n}',
      [4, 36],
    ],
    ['YAML', 'manifest: {}\nobjects:\n- name: a\n  fields:\n    b:\n      typ: text\n', [6, 7]],
  ])('reports each finding in %s with its line and column', (_what, text, [line, column]) => {
    const error = errorOf(text);
    expect(error.details.issues).toMatchObject([
      { path: '/manifest/version', code: 'invalid_shape' },
      { path: '/objects/0/fields/b/typ', code: 'misspelled_key', line, column },
    ]);
    expect(error.message).toMatch(/ \(at \/manifest\/version, line \d, column \d+\) \(and 1 more\)$/);
  });

  it.each([
    ['', 'not_json'],
    ['  \n', 'not_json'],
    ['// comment\n{}', 'not_json'],
    ['just a text', 'invalid_shape'],
    ['a: [', 'not_yaml'],
  ])('reads %j as the format that its start suggests: %s', (text, code) => {
    expect(errorOf(text).details.issues).toMatchObject([{ code }]);
  });

  it('reads a text in the given format', () => {
    expect(errorOf('manifest: {}', { format: 'json' }).details.issues).toMatchObject([
      { code: 'not_json', line: 1, column: 1 },
    ]);
    expect(errorOf('{manifest: {version: 1.0.0', { format: 'yaml' }).details.issues).toMatchObject([
      { code: 'not_yaml', line: 1 },
    ]);
  });
});
