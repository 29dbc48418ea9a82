import * as z from 'zod';
import { SeedEnvironmentEnum } from '../../data/seed.zod.js';
import { ErrorCodeEnum } from '../../shared/error-code.zod.js';

const NonEmpty = z.string().min(1);
const Percent = z.number().gt(0).max(100);
const Natural = z.int().min(1);
const DAY_MS = 86_400_000;

export const RolloutWaveSchema = z
  .union([
    z.strictObject({ tenants: Natural.describe('Number of tenants in the wave.') }),
    z.strictObject({
      percent: Percent.describe(
        'Size of the wave as a percentage of all tenants in the rollout; rounded up.',
      ),
    }),
  ])
  .describe('Size of a wave: a number of tenants, or a percentage of them.');
export type RolloutWave = z.infer<typeof RolloutWaveSchema>;

export const RolloutCanarySchema = z
  .union([
    z.strictObject({
      tenantIds: z
        .array(NonEmpty)
        .min(1)
        .max(1_000)
        .describe(
          'List of unique identifiers of the tenants in the canary. Each must be in the plan of the rollout and not be refused.',
        ),
    }),
    z.strictObject({
      tenantsPerPlan: Natural.max(100).describe(
        'Number of tenants in the canary for each distinct migration plan. Tenants that have records are chosen first.',
      ),
    }),
  ])
  .describe(
    'Tenants of the first wave, the canary: given tenants, or a number of tenants for each distinct migration plan.',
  );
export type RolloutCanary = z.infer<typeof RolloutCanarySchema>;

export const ErrorBudgetSchema = z
  .union([
    z.strictObject({ tenants: z.int().min(0).describe('Number of tenants that may be refused or fail.') }),
    z.strictObject({
      percent: z
        .number()
        .min(0)
        .max(100)
        .describe(
          'Number of tenants that may be refused or fail, as a percentage of the tenants of the rollout; rounded down.',
        ),
    }),
  ])
  .describe('Number of tenants that may be refused or fail; if there are more, the rollout stops.');
export type ErrorBudget = z.infer<typeof ErrorBudgetSchema>;

export const RolloutModeEnum = z
  .enum(['immediate', 'on_access'])
  .describe(
    'When the tenants of the last wave are migrated. immediate: as soon as the previous wave is complete, like the tenants of the other waves; on_access: each tenant when it is next used, and tenants that have not been used by the deadline, after it.',
  );
export type RolloutMode = z.infer<typeof RolloutModeEnum>;

export const RolloutStrategySchema = z
  .strictObject({
    mode: RolloutModeEnum.default('immediate'),
    deadlineMs: z
      .int()
      .min(0)
      .max(90 * DAY_MS)
      .default(7 * DAY_MS)
      .describe(
        'Deadline in the mode on_access, in milliseconds after the start of the rollout: tenants that have not been used by then are migrated like those of the other waves. Ignored in the mode immediate. Defaults to 604800000 (seven days).',
      ),
    waitMs: z
      .int()
      .min(0)
      .max(60_000)
      .default(2_000)
      .describe(
        "Maximum time, in milliseconds, for which a request to a tenant waits for the tenant's migration in the mode on_access. After that time, the request is served with the tenant's current release. Ignored in the mode immediate. Defaults to 2000.",
      ),
    canary: RolloutCanarySchema.nullable()
      .default({ tenantsPerPlan: 1 })
      .describe(
        'Tenants of the first wave, the canary; null for no canary. Defaults to one tenant for each distinct migration plan.',
      ),
    waves: z
      .array(RolloutWaveSchema)
      .max(100)
      .default([{ percent: 10 }])
      .describe(
        'List of the sizes of the waves after the canary. A last wave with the remaining tenants is added. Defaults to one wave of 10 percent of the tenants.',
      ),
    bakeMs: z
      .int()
      .min(0)
      .max(30 * DAY_MS)
      .default(0)
      .describe(
        'Pause after each wave except the last, in milliseconds, for observing the effects before the next wave. Defaults to 0: no pause.',
      ),
    concurrency: Natural.max(64)
      .default(8)
      .describe('Maximum number of tenants that are migrated at the same time. Defaults to 8.'),
    maxTenantsPerSecond: Natural.max(10_000)
      .optional()
      .describe(
        'Maximum number of tenants whose migration is started per second. If omitted, only `concurrency` limits the rate.',
      ),
    errorBudget: ErrorBudgetSchema.default({ tenants: 0 }).describe(
      'Number of tenants that may be refused or fail in total; if there are more, the rollout stops. Defaults to 0: the first such tenant stops it.',
    ),
    errorBudgets: z
      .partialRecord(ErrorCodeEnum, ErrorBudgetSchema)
      .default({})
      .describe(
        'Number of tenants that may be refused or fail with a particular error code, by error code; if there are more, the rollout stops. Applies in addition to errorBudget. Defaults to no further limits.',
      ),
    allow: z
      .array(NonEmpty)
      .max(10_000)
      .default([])
      .describe('List of the ids of the approved changes, as listed in the plan. Defaults to none.'),
    environment: SeedEnvironmentEnum.optional().describe(
      'Environment of the deployments: seed datasets for other environments are not written. Defaults to the environment of the runtime.',
    ),
  })
  .describe(
    'Strategy of a rollout: which tenants are migrated first, how fast the rollout proceeds, and when it stops.',
  );
export type RolloutStrategy = z.infer<typeof RolloutStrategySchema>;
export type RolloutStrategyInput = z.input<typeof RolloutStrategySchema>;
