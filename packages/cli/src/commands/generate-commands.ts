import type { CommandGroup } from '../frame/command.js';

export const generateCommands: CommandGroup = {
  name: 'generate',
  summary: 'write files that are derived from the bundle',
  commands: [
    {
      name: 'generate types',
      summary: 'write the TypeScript types of the records',
      options: [{ flags: '--out <file>', description: 'file to write; default: objectstack.types.ts' }],
      examples: [
        {
          command: 'generate types --out src/records.ts',
          description: 'Types for code that does not import the definitions.',
        },
      ],
      output: { schema: 'WrittenFiles' },
      load: async () => (await import('../actions/generate-types.js')).generateTypesFile,
    },
  ],
};
