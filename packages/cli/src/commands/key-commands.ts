import type { CommandGroup } from '../frame/command.js';

export const keyCommands: CommandGroup = {
  name: 'keys',
  summary: 'manage the keys that encrypt the secrets of the control plane',
  commands: [
    {
      name: 'keys rotate',
      summary:
        'encrypt all stored secrets with the current key; repeat until none is encrypted with an earlier key',
      examples: [
        {
          command: 'keys rotate',
          description: 'After the previous sealingKey was moved to earlierSealingKeys and a new one was set.',
        },
      ],
      output: { schema: 'KeyRotation' },
      load: async () => (await import('../actions/rotate-keys.js')).rotateKeys,
    },
  ],
};
