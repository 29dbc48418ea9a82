import * as z from 'zod';

const NonEmpty = z.string().min(1);

export const DoctorFindingSchema = z
  .object({
    severity: z
      .enum(['error', 'warning'])
      .describe(
        'Severity of the finding. error: something does not work; warning: something may fail later.',
      ),
    check: z
      .enum(['configuration', 'runtime', 'bundle', 'tenants', 'token', 'provisioning', 'deadlines', 'drift'])
      .describe(
        'Check that found the problem. configuration: the configuration file and its environment variables; runtime: registry, data plane and bundle store can be used; bundle: the bundle of the project is valid; tenants: the registry and the databases agree; token: the platform token of Turso Cloud has the required permissions; provisioning: no tenant has failed provisioning; deadlines: sweeps have processed every passed deadline and every interrupted deployment; drift: no table was changed outside of a deployment.',
      ),
    code: NonEmpty.describe('Stable code of the problem: an error code, or the kind of a discrepancy.'),
    message: NonEmpty.describe('Description of the problem.'),
    command: NonEmpty.describe(
      'Command that solves the problem or shows more about it. If it is `objectstack doctor`, the message says what to change first.',
    ),
  })
  .describe('Problem that the command doctor found.');
export type DoctorFinding = z.infer<typeof DoctorFindingSchema>;

export const DoctorReportSchema = z
  .object({
    checks: z.array(NonEmpty).describe('List of names of the checks that were run.'),
    findings: z.array(DoctorFindingSchema).describe('List of the problems; empty if there are none.'),
  })
  .describe('Output of the command doctor.');
export type DoctorReport = z.infer<typeof DoctorReportSchema>;
