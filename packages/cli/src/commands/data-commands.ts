import type { CommandGroup } from '../frame/command.js';

const FORMAT = {
  flags: '--format <format>',
  description: 'jsonl or csv; default: by the name of the file, otherwise jsonl',
  choices: ['jsonl', 'csv'],
};
const WHERE = { flags: '--where <filter>', description: 'filter as JSON, such as \'{"done":false}\'' };

export const dataCommands: CommandGroup = {
  name: 'data',
  summary: 'read and write records',
  commands: [
    {
      name: 'data objects',
      summary: 'list the deployed objects',
      examples: [{ command: 'data objects', description: 'Names and fields of the objects of the tenant.' }],
      output: { schema: 'ObjectDefinition', lines: true },
      load: async () => (await import('../actions/list-objects.js')).listObjects,
    },
    {
      name: 'data query',
      summary: 'find records',
      args: [['<object>', 'name of the object']],
      options: [
        WHERE,
        {
          flags: '--fields <names>',
          description: 'names of the fields to return, separated by commas; default: all',
        },
        {
          flags: '--order-by <fields>',
          description: 'fields, separated by commas; name:desc for descending order',
        },
        { flags: '--limit <count>', description: 'maximum number of records; default: 20, 0 for all' },
      ],
      examples: [
        {
          command: `data query note --where '{"done":false}' --order-by created_at:desc`,
          description: 'The latest open notes.',
        },
      ],
      output: { schema: 'DataRecord', lines: true },
      load: async () => (await import('../actions/query-data.js')).queryData,
    },
    {
      name: 'data insert',
      summary: 'create a record',
      args: [
        ['<object>', 'name of the object'],
        ['[record]', 'record as JSON; default: standard input'],
      ],
      examples: [
        { command: `data insert note '{"text":"call the dentist"}'`, description: 'Create one note.' },
      ],
      output: { schema: 'DataRecord' },
      load: async () => (await import('../actions/insert-data.js')).insertData,
    },
    {
      name: 'data import',
      summary: 'create many records from JSON lines or CSV',
      args: [
        ['<object>', 'name of the object'],
        ['[file]', 'file; default: standard input'],
      ],
      options: [
        FORMAT,
        {
          flags: '--upsert <fields>',
          description: 'update records with the same values of these fields, separated by commas',
        },
        { flags: '--skip <count>', description: 'skip records at the start, to resume an import' },
        { flags: '--batch <count>', description: 'records in one transaction; default: 500' },
      ],
      examples: [
        { command: 'data import note notes.csv', description: 'The first line names the fields.' },
        {
          command: 'data import note notes.jsonl --upsert code',
          description: 'Can be repeated: an existing record is found by its code, and updated.',
        },
      ],
      output: { schema: 'DataImportResult' },
      load: async () => (await import('../actions/import-data.js')).importData,
    },
    {
      name: 'data export',
      summary: 'write records as JSON lines or CSV',
      args: [['<object>', 'name of the object']],
      options: [
        FORMAT,
        WHERE,
        { flags: '--out <file>', description: 'file to write; default: standard output' },
        { flags: '--resume', description: 'continue an interrupted export to the same file' },
      ],
      examples: [
        {
          command: 'data export note --out notes.csv',
          description: 'All notes. Memory use does not grow with their number.',
        },
        {
          command: 'data export note --out notes.csv --resume',
          description: 'The notes that an interrupted export did not write.',
        },
      ],
      output: { schema: 'DataExportResult' },
      load: async () => (await import('../actions/export-data.js')).exportData,
    },
  ],
};
