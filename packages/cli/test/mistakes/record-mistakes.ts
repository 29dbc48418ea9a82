import type { Mistake } from './mistake.js';

const data = (name: string, args: readonly string[], answer: Omit<Mistake, 'name' | 'args'>): Mistake => ({
  name,
  args: ['data', ...args],
  ...answer,
});

export const RECORDS: readonly Mistake[] = [
  {
    name: 'a tenant that does not exist',
    args: ['plan', '-t', 'absent', '--bundle', '../home'],
    code: 'tenant_not_found',
    exit: 'not_found',
    place: 'absent',
  },
  {
    name: 'an organization without tenants',
    args: ['history', '--organization', 'absent'],
    code: 'tenant_not_found',
    exit: 'not_found',
    place: 'absent',
  },
  {
    name: 'a deployment that does not exist',
    args: ['rollback', 'nothing'],
    code: 'deployment_not_found',
    exit: 'not_found',
    place: 'deployment',
  },
  {
    name: 'an unknown subscription plan',
    args: ['tenants', 'plan', 'gold'],
    code: 'invalid_request',
    exit: 'invalid',
    place: 'plan',
  },
  {
    name: 'a slug with a space',
    args: ['tenants', 'rename', 'my tenant'],
    code: 'invalid_request',
    exit: 'invalid',
    place: 'slug',
  },
  {
    name: 'a cursor that no page contained',
    args: ['tenants', 'list', '--cursor', 'next'],
    code: 'invalid_request',
    exit: 'invalid',
    place: 'cursor',
  },
  {
    name: 'a database that does not exist',
    args: ['tenants', 'adopt', 't-nothing'],
    code: 'database_not_found',
    exit: 'not_found',
    place: 'database',
  },
  {
    name: 'SQL that writes',
    args: ['sql', 'DELETE FROM note'],
    code: 'not_allowed',
    exit: 'refused',
    place: 'read',
  },
  {
    name: 'SQL with an unknown table',
    args: ['sql', 'SELECT * FROM absent'],
    code: 'sql_error',
    exit: 'failure',
    place: 'no such table',
  },
  {
    name: 'SQL that leaves the database',
    args: ['sql', "ATTACH 'x.db' AS x"],
    code: 'not_allowed',
    exit: 'refused',
    place: 'ATTACH',
  },
  data('a misspelled object', ['query', 'nite'], {
    code: 'object_not_found',
    exit: 'not_found',
    place: 'Did you mean note?',
  }),
  data('a misspelled field of a filter', ['query', 'note', '--where', '{"txt":"x"}'], {
    code: 'invalid_filter',
    exit: 'invalid',
    place: '/where/txt',
  }),
  data('a misspelled field of the order', ['query', 'note', '--order-by', 'txt'], {
    code: 'invalid_query',
    exit: 'invalid',
    place: '/orderBy/0',
  }),
  data('a record without a required value', ['insert', 'note', '{}'], {
    code: 'validation_failed',
    exit: 'invalid',
    place: '"field":"text"',
  }),
  data('a record with a misspelled field', ['insert', 'note', '{"text":"a","strs":1}'], {
    code: 'validation_failed',
    exit: 'invalid',
    place: '"field":"strs"',
  }),
  data('an imported line that is not JSON', ['import', 'note'], {
    stdin: '{"text":"a"}\n{text}\n',
    code: 'invalid_request',
    exit: 'invalid',
    place: 'standard input:2',
  }),
  data('a CSV with an unknown column', ['import', 'note', 'n.csv'], {
    files: { 'n.csv': 'txt\na\n' },
    code: 'invalid_request',
    exit: 'usage',
    place: 'txt',
  }),
  data('a CSV with a missing cell', ['import', 'note', 'n.csv'], {
    files: { 'n.csv': 'text,stars\na\n' },
    code: 'invalid_request',
    exit: 'invalid',
    place: 'n.csv:2',
  }),
];
