import * as z from 'zod';
import { SeedEnvironmentEnum } from '../../data/seed.zod.js';
import { ErrorCodeEnum } from '../../shared/error-code.zod.js';

const NonEmpty = z.string().min(1);
const Percent = z.number().gt(0).max(100);
const Natural = z.int().min(1);
const DAY_MS = 86_400_000;

export const RolloutWaveSchema = z
  .union([
    z.strictObject({ tenants: Natural.describe('Number of tenants of the wave.') }),
    z.strictObject({
      percent: Percent.describe(
        'Number of tenants of the wave, as a percentage of the tenants of the rollout; rounded up.',
      ),
    }),
  ])
  .describe('Size of a wave.');
export type RolloutWave = z.infer<typeof RolloutWaveSchema>;

export const RolloutCanarySchema = z
  .union([
    z.strictObject({
      tenantIds: z
        .array(NonEmpty)
        .min(1)
        .max(1_000)
        .describe('List of unique identifiers of the tenants of the canary.'),
    }),
    z.strictObject({
      tenantsPerPlan: Natural.max(100).describe(
        'Number of tenants of the canary for each distinct migration plan. Tenants with records are preferred.',
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
  .describe('Number of tenants that may be refused or fail before the rollout stops.');
export type ErrorBudget = z.infer<typeof ErrorBudgetSchema>;

export const RolloutModeEnum = z
  .enum(['immediate', 'on_access'])
  .describe(
    'When the tenants of the last wave are migrated. immediate: as soon as their turn comes, like the tenants of the other waves; on_access: each tenant when it is next used, and tenants that were not used, after the deadline.',
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
        'Deadline of the mode on_access, in milliseconds after the start of the rollout: tenants that were not used until then are migrated like those of the other waves. Defaults to 604800000 (seven days).',
      ),
    waitMs: z
      .int()
      .min(0)
      .max(60_000)
      .default(2_000)
      .describe(
        'Maximum time for which the access to a tenant waits for its migration in the mode on_access, in milliseconds. After that time, the tenant is used with its current release. Defaults to 2000.',
      ),
    canary: RolloutCanarySchema.nullable()
      .default({ tenantsPerPlan: 1 })
      .describe(
        'Tenants of the first wave; null for no canary. Defaults to one tenant for each distinct migration plan.',
      ),
    waves: z
      .array(RolloutWaveSchema)
      .max(100)
      .default([{ percent: 10 }])
      .describe(
        'List of the sizes of the waves after the canary. A last wave with the remaining tenants is added.',
      ),
    bakeMs: z
      .int()
      .min(0)
      .max(30 * DAY_MS)
      .default(0)
      .describe('Pause after each wave but the last, in milliseconds. Defaults to 0.'),
    concurrency: Natural.max(64)
      .default(8)
      .describe('Maximum number of tenants that are migrated at the same time. Defaults to 8.'),
    maxTenantsPerSecond: Natural.max(10_000)
      .optional()
      .describe('Maximum number of tenants whose migration is started per second. Defaults to no limit.'),
    errorBudget: ErrorBudgetSchema.default({ tenants: 0 }).describe(
      'Number of tenants that may be refused or fail in total before the rollout stops. Defaults to 0.',
    ),
    errorBudgets: z
      .partialRecord(ErrorCodeEnum, ErrorBudgetSchema)
      .default({})
      .describe(
        'Number of tenants that may be refused or fail with a certain error code before the rollout stops, by error code. Applies in addition to errorBudget. Defaults to no further limits.',
      ),
    allow: z
      .array(NonEmpty)
      .max(10_000)
      .default([])
      .describe('List of the ids of the approved changes, as listed in the plan. Defaults to none.'),
    environment: SeedEnvironmentEnum.optional().describe(
      'Environment whose seed datasets are written. Defaults to the environment of the runtime.',
    ),
  })
  .describe('Strategy of a rollout: which tenants come first, how fast it proceeds, and when it stops.');
export type RolloutStrategy = z.infer<typeof RolloutStrategySchema>;
export type RolloutStrategyInput = z.input<typeof RolloutStrategySchema>;
