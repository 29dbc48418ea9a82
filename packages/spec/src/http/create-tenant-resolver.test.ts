import { describe, expect, it } from 'vitest';
import { TenantResolverStrategyEnum } from '../data/driver/turso-multi-tenant.zod.js';
import type { TenantResolverConfigInput } from '../system/tenant-resolver.zod.js';
import { createTenantResolver } from './create-tenant-resolver.js';
import type { HeaderValues, TenantRequestFacts } from './tenant-request.js';

const NONE: string[] = [];
const ID = 'abcdefghijklmnopqrstuvwxyz';

interface Given extends TenantRequestFacts {
  url?: string;
  headers?: HeaderValues;
}

/** The values of the selectors, which must all have this kind. */
function selected(config: TenantResolverConfigInput, given: Given, kind = 'reference'): string[] {
  const { url = 'https://api.example.com/', headers = {}, ...facts } = given;
  const selectors = createTenantResolver(config)({ url, headers }, facts);
  expect(selectors.filter((one) => one.kind !== kind)).toEqual([]);
  return selectors.map(({ value }) => value);
}

const MALFORMED = [
  '',
  ' ',
  '..',
  '.',
  '../acme',
  '{tenant}',
  '%61cme',
  'a b',
  'a/b',
  'a:80',
  'acme.',
  '-acme',
  '_acme',
  '\u0430cme',
  'a\u0000',
  'a'.repeat(129),
];

describe('the strategy header', () => {
  const read = (...values: (string | undefined)[]) => {
    const [first, ...others] = values;
    const headers = { 'X-Tenant-Id': others.length > 0 ? (values as string[]) : first };
    return selected({ strategies: ['header'] }, { headers });
  };

  it.each([
    ['acme', ['acme']],
    [' acme\t', ['acme']],
    ['ACME', ['ACME']],
    [ID, [ID]],
    ['acme, globex', ['acme', 'globex']],
    ['acme,acme', ['acme']],
    ['acme,', ['acme', '']],
    [undefined, NONE],
  ])('reads %j', (value, expected) => {
    expect(read(value)).toEqual(expected);
  });

  it('reads several headers like one with a list', () => {
    expect(read('acme', 'globex')).toEqual(['acme', 'globex']);
    const headers = new Headers([
      ['x-tenant-id', 'acme'],
      ['X-TENANT-ID', 'globex'],
    ]);
    expect(selected({ strategies: ['header'] }, { headers })).toEqual(['acme', 'globex']);
  });

  it.each(MALFORMED)('selects nothing by the malformed value %j', (value) => {
    expect(read(value)).toEqual(['']);
  });

  it('reads the configured name, and no other header', () => {
    const config: TenantResolverConfigInput = { strategies: ['header'], headerName: 'X-Org' };
    expect(selected(config, { headers: { 'x-org': 'acme', 'x-tenant-id': 'globex' } })).toEqual(['acme']);
    expect(selected(config, { headers: { 'x-tenant-id': 'globex' } })).toEqual(NONE);
  });
});

describe('the strategy subdomain', () => {
  const CONFIG: TenantResolverConfigInput = { strategies: ['subdomain'], baseDomain: 'example.com' };
  const byHost = (host: string | string[], config = CONFIG) => selected(config, { headers: { host } });

  it.each([
    ['acme.example.com', ['acme']],
    ['ACME.Example.COM', ['acme']],
    ['acme.example.com.', ['acme']],
    ['acme.example.com:8443', ['acme']],
    ['b\u00fccher.example.com', ['xn--bcher-kva']],
    ['example.com', NONE],
    ['www.example.com', NONE],
    ['acme.example.org', NONE],
    ['notexample.com', NONE],
    ['127.0.0.1:80', NONE],
    ['[::1]', NONE],
    ['a.b.example.com', ['']],
    ['acme.example.com, acme.example.com', ['acme']],
    ['acme.example.com, globex.example.com', ['']],
    ['user@acme.example.com', ['']],
    ['acme%2eexample.com', ['']],
    ['..example.com', ['']],
    ['.example.com', ['']],
    ['{tenant}.example.com', ['']],
    ['', ['']],
  ])('reads the host %j', (host, expected) => {
    expect(byHost(host)).toEqual(expected);
  });

  it('reads the host of the URL only if there is no Host header', () => {
    const url = 'https://acme.example.com:8443/orders';
    expect(selected(CONFIG, { url })).toEqual(['acme']);
    expect(selected(CONFIG, { url, headers: new Headers({ host: 'globex.example.com' }) })).toEqual([
      'globex',
    ]);
    expect(selected(CONFIG, { url: '/orders' })).toEqual(NONE);
    expect(selected(CONFIG, { url: '//acme.example.com/orders' })).toEqual(NONE);
    expect(selected(CONFIG, { url: 'https://user:pw@acme.example.com/' })).toEqual(['']);
  });

  it('reads a forwarded header only if it is configured and a trusted proxy sent the request', () => {
    const headers = { host: 'acme.example.com', 'x-forwarded-host': 'globex.example.com' };
    const config = { ...CONFIG, forwardedHostHeader: 'x-forwarded-host' } as const;
    expect(selected(CONFIG, { headers, isFromTrustedProxy: true })).toEqual(['acme']);
    expect(selected(config, { headers })).toEqual(['acme']);
    expect(selected(config, { headers, isFromTrustedProxy: false })).toEqual(['acme']);
    expect(selected(config, { headers, isFromTrustedProxy: true })).toEqual(['globex']);
    expect(selected(config, { headers: { host: headers.host }, isFromTrustedProxy: true })).toEqual(['acme']);
    const twice = { host: headers.host, 'x-forwarded-host': 'globex.example.com, acme.example.com' };
    expect(selected(config, { headers: twice, isFromTrustedProxy: true })).toEqual(['']);
  });

  it.each([
    ['host=globex.example.com', ['globex']],
    ['for=192.0.2.1; Host = "globex.example.com:443"; proto=https', ['globex']],
    ['for=192.0.2.1', ['acme']],
    ['host=globex.example.com, host=globex.example.com', ['globex']],
    ['host=globex.example.com, host=other.example.com', ['']],
    ['host=', ['']],
  ])('reads the header Forwarded %j', (forwarded, expected) => {
    const config = { ...CONFIG, forwardedHostHeader: 'forwarded' } as const;
    const headers = { host: 'acme.example.com', forwarded };
    expect(selected(config, { headers, isFromTrustedProxy: true })).toEqual(expected);
  });
});

describe('the strategy path', () => {
  const byUrl = (url: string, pathPrefix = '/t') => selected({ strategies: ['path'], pathPrefix }, { url });

  it.each([
    ['https://api.example.com/t/acme', ['acme']],
    ['https://api.example.com/t/acme/orders?t=globex#/t/globex', ['acme']],
    ['/t/acme/', ['acme']],
    ['/t/ACME/orders', ['ACME']],
    ['/t/%61cme/orders', ['acme']],
    ['/t/%2561cme', ['']],
    ['/t/a%2fb', ['']],
    ['/t/%ff', ['']],
    ['/t/%7Btenant%7D/orders', ['']],
    ['/t//orders', ['']],
    ['/t/', ['']],
    ['/t', NONE],
    ['/', NONE],
    ['/T/acme', NONE],
    ['/tt/acme', NONE],
    ['/x/t/acme', NONE],
    ['/x/../t/acme', ['acme']],
    ['/t/../acme', NONE],
    ['/t/acme/../globex', ['globex']],
    ['/t/%2e%2e/t/acme', ['acme']],
    ['/t/..', NONE],
    ['//t/acme', NONE],
    ['http://[', ['']],
    ['orders', ['']],
  ])('reads %j', (url, expected) => {
    expect(byUrl(url)).toEqual(expected);
  });

  it('reads the first segment if the prefix is a slash', () => {
    expect(byUrl('/acme/orders', '/')).toEqual(['acme']);
    expect(byUrl('/', '/')).toEqual(NONE);
    expect(byUrl('//acme', '/')).toEqual(['']);
  });
});

describe('the strategy token', () => {
  const byClaims = (claims?: Record<string, unknown>) =>
    selected({ strategies: ['token'] }, claims ? { claims } : {});

  it('reads the claim', () => {
    expect(byClaims({ tenant_id: 'acme' })).toEqual(['acme']);
    const config: TenantResolverConfigInput = {
      strategies: ['token'],
      claimName: 'https://acme.example/tenant',
    };
    expect(selected(config, { claims: { 'https://acme.example/tenant': ID } })).toEqual([ID]);
  });

  it('selects by nothing if the claim is absent', () => {
    expect(byClaims()).toEqual(NONE);
    expect(byClaims({ tenant_id: undefined })).toEqual(NONE);
    expect(byClaims(Object.create({ tenant_id: 'acme' }))).toEqual(NONE);
    expect(selected({ strategies: ['token'], claimName: 'constructor' }, { claims: {} })).toEqual(NONE);
  });

  it.each([...MALFORMED, null, 7, true, ['acme'], { id: 'acme' }])(
    'selects nothing by the malformed claim %j',
    (claim) => {
      expect(byClaims({ tenant_id: claim })).toEqual(['']);
    },
  );
});

describe('the strategy lookup', () => {
  const CONFIG: TenantResolverConfigInput = { strategies: ['lookup'], ownDomains: ['example.com'] };
  const byHost = (host: string) => selected(CONFIG, { headers: { host } }, 'hostname');

  it.each([
    ['app.acme.example', ['app.acme.example']],
    ['App.ACME.example.:443', ['app.acme.example']],
    ['b\u00fccher.example', ['xn--bcher-kva.example']],
    ['example.com', NONE],
    ['acme.example.com', NONE],
    ['127.0.0.1', ['127.0.0.1']],
    ['a@b', ['']],
  ])('reads the host %j', (host, expected) => {
    expect(byHost(host)).toEqual(expected);
  });

  it('leaves the hosts of the base domain to the strategy subdomain', () => {
    const resolver = createTenantResolver({ strategies: ['lookup', 'subdomain'], baseDomain: 'example.com' });
    const selectors = (host: string) => resolver({ url: '/', headers: { host } });
    expect(selectors('acme.example.com')).toEqual([{ kind: 'reference', value: 'acme' }]);
    expect(selectors('app.acme.example')).toEqual([{ kind: 'hostname', value: 'app.acme.example' }]);
  });
});

describe('createTenantResolver', () => {
  it('returns the selectors of all strategies without duplicates', () => {
    const config = { strategies: [...TenantResolverStrategyEnum.options], baseDomain: 'example.com' };
    const request = new Request('https://acme.example.com/t/globex', { headers: { 'x-tenant-id': 'acme' } });
    expect(createTenantResolver(config)(request, { claims: { tenant_id: 'acme' } })).toEqual([
      { kind: 'reference', value: 'acme' },
      { kind: 'reference', value: 'globex' },
    ]);
  });

  it('reads only the configured strategies', () => {
    const request = new Request('https://acme.example.com/t/acme', { headers: { 'x-tenant-id': 'acme' } });
    expect(createTenantResolver({})(request)).toEqual([]);
  });

  it('rejects an invalid configuration, and a value that is not a request', () => {
    expect(() => createTenantResolver({ strategies: ['subdomain'] })).toThrow(
      expect.objectContaining({
        code: 'configuration_invalid',
        details: { issues: [expect.objectContaining({ path: '/baseDomain' })] },
      }),
    );
    const resolver = createTenantResolver({ strategies: ['header'] });
    const wrong = [
      null,
      undefined,
      'GET /',
      { url: 7, headers: {} },
      { url: '/', headers: null },
      { url: '/' },
    ];
    for (const request of wrong)
      expect(() => resolver(request as never)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
    for (const facts of [null, { claims: null }, { claims: 'acme' }])
      expect(() => resolver({ url: '/', headers: {} }, facts as never)).toThrow(
        expect.objectContaining({ code: 'invalid_request' }),
      );
  });

  it('reads the host of an HTTP/2 request of Node, and of one of the Fetch API', () => {
    const resolver = createTenantResolver({ strategies: ['subdomain'], baseDomain: 'example.com' });
    const acme = [{ kind: 'reference', value: 'acme' }];
    expect(resolver({ url: '/', headers: { ':authority': 'acme.example.com' } })).toEqual(acme);
    expect(resolver({ url: 'https://acme.example.com/', headers: new Headers() })).toEqual(acme);
    const conflict = { ':authority': 'acme.example.com', host: 'other.example.com' };
    expect(resolver({ url: '/', headers: conflict })).toEqual([{ kind: 'reference', value: '' }]);
  });
});
