import { type TursoConfig, type TursoConfigInput, TursoConfigSchema } from '@objectstack/spec/data';
import { issuesOf, ObjectStackError, summaryOf } from '@objectstack/spec/shared';

/** The configuration of a driver with its defaults. Throws `configuration_invalid`. */
export function parseTursoConfig(config: TursoConfigInput): TursoConfig {
  const parsed = TursoConfigSchema.safeParse(config);
  if (parsed.success) return parsed.data;
  const issues = issuesOf(parsed.error, { schema: TursoConfigSchema, value: config });
  throw new ObjectStackError({
    code: 'configuration_invalid',
    message: `The configuration of the driver is invalid. ${summaryOf(issues)}`,
    details: { issues },
  });
}
