import type { AuthoringMistake } from '../authoring-mistake.js';

/** Mistakes that the compiler finds. What it says is tested with the others of `AUTHORING_MISTAKES`. */
export const COMPILER_MISTAKES: readonly AuthoringMistake[] = [
  {
    what: 'a misspelled option of a runtime',
    code: "createRuntime({ dataPlane: tursoLocal({ dir: './data' }), retentionDay: 7 });",
    message: `Object literal may only specify known properties, but 'retentionDay' does not exist in type 'RuntimeOptions'. Did you mean to write 'retentionDays'?`,
  },
  {
    what: 'a misspelled option of a deployment',
    code: "os.deployments.deploy('a', { manifest: { version: '1.0.0' } }, { alow: [] });",
    message: `Object literal may only specify known properties, but 'alow' does not exist in type 'ExecuteDeploymentOptions'. Did you mean to write 'allow'?`,
  },
  {
    what: 'an unknown subscription plan',
    code: "os.provisioning.provisionTenant({ orgId: 'acme', plan: 'premium' });",
    message: `Type '"premium"' is not assignable to type '"free" | "pro" | "enterprise" | undefined'.`,
  },
];
