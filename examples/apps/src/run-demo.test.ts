import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { runDemo } from './run-demo.js';

describe('runDemo', () => {
  it('installs, upgrades, archives and restores apps', async () => {
    const lines: string[] = [];
    await runDemo(await temporaryFolder(), (line) => lines.push(line));
    expect(lines).toEqual([
      'installed invoicing 1.0.0 and contacts',
      '4 tables, 4 records of seed data',
      'settings {"currency":"SEK"}, secrets payment_key',
      'invoicing 1.1.0 alone: dependency_version',
      'view/contacts__people: label: keep_tenant',
      'upgraded to contacts 1.1.0, invoicing 1.1.0',
      'app_in_use: app/invoicing,view/contacts__people',
      'to remove: {"invoicing__invoice":1,"invoicing__item":1}',
      'archived 2 records of invoicing 1.1.0',
      'installed it again: 2 records restored',
      'invoice INV-0001 is sent',
      'rollout of contacts 1.1.0: 2 tenants, 1 up to date',
      'rolled out: {"deployed":1,"unchanged":1}',
    ]);
  });
});
