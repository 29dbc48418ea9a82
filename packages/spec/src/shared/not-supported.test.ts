import { describe, expect, it } from 'vitest';
import { NOT_SUPPORTED, type NotSupportedFeature, notSupported } from './not-supported.js';

const features = Object.keys(NOT_SUPPORTED) as NotSupportedFeature[];

describe('NOT_SUPPORTED', () => {
  it('lists every unsupported feature and what will add it', () => {
    const rows = features.map((feature) => `${feature}: ${NOT_SUPPORTED[feature].until}`);
    expect(rows).toMatchInlineSnapshot(`
      [
        "migrations: a driver with this capability",
        "dialect: a driver for that dialect",
        "query_joins: not planned: expand follows lookups",
        "query_search: not planned",
        "query_window_functions: not planned",
        "query_alias_case: not planned: SQLite ignores the case of names",
        "id_type_change: not planned: deploy an object of another name, and import the records",
        "transaction_isolation: not planned: SQLite has no other",
        "embedded_replica: not planned: libSQL has open reports of corrupt replicas",
        "database_token: not planned: local files have none",
        "database_copy: a data plane with this capability",
        "point_in_time: a data plane with this capability",
        "platform_token: platformToken in the configuration of tursoCloud",
        "provisioning_template: a bundle of this name in the option templates",
        "isolation_level: not planned",
        "database_provider: a data plane on that provider",
      ]
    `);
  });

  it.each(features)('%s has a text and a prospect', (feature) => {
    const { what, until } = NOT_SUPPORTED[feature];
    expect(feature).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(what).toMatch(/^[A-Z].*[^.\s]$/);
    expect(until).toMatch(/^[a-z].*[^.\s]$/);
  });

  it('has unique texts', () => {
    expect(new Set(features.map((feature) => NOT_SUPPORTED[feature].what)).size).toBe(features.length);
  });
});

describe('notSupported', () => {
  it.each(features)('creates the error for %s', (feature) => {
    const error = notSupported(feature);
    expect(error).toMatchObject({ code: 'not_supported', retryable: false });
    expect(error.details).toEqual({ feature, until: NOT_SUPPORTED[feature].until });
    expect(error.message).toBe(`${NOT_SUPPORTED[feature].what} is not supported.`);
  });

  it('names the subject of the call', () => {
    const error = notSupported('query_joins', 'account');
    expect(error.details).toMatchObject({
      feature: 'query_joins',
      subject: 'account',
    });
    expect(error.message).toBe('A join in a query is not supported (account).');
  });
});
