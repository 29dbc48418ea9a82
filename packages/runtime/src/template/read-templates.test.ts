import { describe, expect, it } from 'vitest';
import { CRM_1 } from '../../test/sample-bundles.js';
import { readTemplates } from './read-templates.js';

describe('readTemplates', () => {
  it('validates each bundle, and has none without the option', async () => {
    expect([...(await readTemplates({ crm: CRM_1 })).keys()]).toEqual(['crm']);
    expect((await readTemplates(undefined)).size).toBe(0);
  });

  it.each([
    ['a list', [], 'templates'],
    ['null', null, 'templates'],
    ['an empty name', { '': CRM_1 }, 'templates.'],
    ['a bundle that is not valid', { crm: { manifest: { version: 'x' } } }, 'templates.crm'],
    ['names of an app', { crm: { ...CRM_1, objects: [{ name: 'crm__lead', fields: {} }] } }, 'templates.crm'],
    ['a bundle with apps', { crm: { ...CRM_1, installedApps: [] } }, 'templates.crm'],
    ['a bundle of a newer protocol', { crm: { ...CRM_1, protocolVersion: '9' } }, 'templates.crm'],
  ])('rejects %s', async (_, templates, setting) => {
    await expect(readTemplates(templates)).rejects.toMatchObject({
      code: 'configuration_invalid',
      details: { settings: [setting] },
    });
  });
});
