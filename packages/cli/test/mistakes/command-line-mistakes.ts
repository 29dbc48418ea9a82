import type { Mistake } from './mistake.js';

const usage = (name: string, args: readonly string[], place: string): Mistake => ({
  name,
  args,
  code: 'invalid_request',
  exit: 'usage',
  place,
});

export const COMMAND_LINE: readonly Mistake[] = [
  usage('no command', [], 'command is missing'),
  usage('a misspelled command', ['deplyo'], 'Did you mean deploy?'),
  usage('a misspelled command of a group', ['tenants', 'lst'], 'Did you mean list?'),
  usage('a group without a command', ['tenants'], 'command is missing'),
  usage('a misspelled option', ['deploy', '--alow', 'x'], 'Did you mean --allow?'),
  usage('an option without its value', ['plan', '--out'], '--out'),
  usage('a missing argument', ['data', 'query'], 'object'),
  usage('an additional argument', ['validate', 'a', 'b'], 'Expected 1 argument'),
  usage('an unknown format', ['init', 'x', '--format', 'xml'], '--format'),
  usage('an unknown status', ['tenants', 'list', '--status', 'running'], '--status'),
  usage('an unknown shell', ['completion', 'powershell'], 'powershell'),
  usage('a limit that is not a number', ['history', '--limit', 'ten'], '--limit'),
  usage('a restore without a source', ['tenants', 'restore', 'acme'], '--at'),
  usage(
    'a restore with two sources',
    ['tenants', 'restore', 'acme', '--backup', 'b', '--at', '2026-01-31T10:00:00Z'],
    'either a backup',
  ),
  usage('a local time', ['tenants', 'restore', 'acme', '--at', '2026-01-31 10:00'], 'ISO 8601 and UTC'),
  usage('a limit that is too high', ['tenants', 'list', '--limit', '1000'], '--limit'),
  usage('a batch of no records', ['data', 'import', 'note', '--batch', '0'], '--batch'),
  usage(
    'a filter without quotes for the shell',
    ['data', 'query', 'note', '--where', '{done:false}'],
    '--where',
  ),
  usage('a record that is not JSON', ['data', 'insert', 'note', '{text}'], 'The record'),
  usage('a record that is a list', ['data', 'insert', 'note', '[]'], 'The record'),
  usage('an empty SQL statement', ['sql', ';'], 'SQL'),
];
