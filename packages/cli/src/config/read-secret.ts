import { ObjectStackError, type SecretReference } from '@objectstack/spec/shared';
import type { LoadedConfig } from './load-config.js';

/** Reads the secrets that a configuration refers to. Throws `configuration_incomplete` and `configuration_invalid`. */
export function secretReader({
  variables,
}: LoadedConfig): (setting: string, reference: SecretReference) => string {
  return (setting, reference) => {
    if ('secret' in reference) {
      throw new ObjectStackError({
        code: 'configuration_invalid',
        message: `The command line reads ${setting} from an environment variable only. Write { "env": "NAME" }.`,
        details: { settings: [setting] },
      });
    }
    const value = variables[reference.env];
    if (value) return value;
    throw new ObjectStackError({
      code: 'configuration_incomplete',
      message: `The environment variable ${reference.env}, which ${setting} refers to, is not set. Set it, or add it to .env.`,
      details: { missing: [reference.env] },
    });
  };
}
