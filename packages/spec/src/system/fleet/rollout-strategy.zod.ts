import * as z from 'zod';
import { SeedEnvironmentEnum } from '../../data/seed.zod.js';
import { ErrorCodeEnum } from '../../shared/error-code.zod.js';

const NonEmpty = z.string().min(1);
const Percent = z.number().gt(0).max(100);
const Natural = z.int().min(1);
const DAY_MS = 86_400_000;

export const RolloutWaveSchema = z
  .union([
    z.strictObject({ tenants: Natural.describe('Number of tenants.') }),
    z.strictObject({
      percent: Percent.describe('Part of the tenants of the rollout, in percent; rounded up.'),
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
        .describe('List of unique identifiers of tenants of the plan.'),
    }),
    z.strictObject({
      tenantsPerPlan: Natural.max(100).describe(
        'Number of tenants for each distinct plan; those with records come first.',
      ),
    }),
  ])
  .describe('Tenants of the first wave.');
export type RolloutCanary = z.infer<typeof RolloutCanarySchema>;

export const ErrorBudgetSchema = z
  .union([
    z.strictObject({ tenants: z.int().min(0).describe('Number of tenants.') }),
    z.strictObject({
      percent: z
        .number()
        .min(0)
        .max(100)
        .describe('Part of the tenants of the rollout, in percent; rounded down.'),
    }),
  ])
  .describe('Number of tenants that may be refused or fail. The rollout stops when more do.');
export type ErrorBudget = z.infer<typeof ErrorBudgetSchema>;

export const RolloutModeEnum = z
  .enum(['immediate', 'on_access'])
  .describe(
    'When the tenants of the last wave are attempted. immediate: like those of the other waves; on_access: each when it is next used, and those that were not used, at the deadline.',
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
        'Deadline of the mode on_access, in milliseconds after the start: tenants that were not used until then are attempted like those of the other waves. Default: 604800000, seven days.',
      ),
    waitMs: z
      .int()
      .min(0)
      .max(60_000)
      .default(2_000)
      .describe(
        'Maximum time for which the access to a tenant waits for its migration in the mode on_access, in milliseconds. After it, the tenant is used with its present release. Default: 2000.',
      ),
    canary: RolloutCanarySchema.nullable()
      .default({ tenantsPerPlan: 1 })
      .describe('Tenants of the first wave; null for none. Default: one tenant for each distinct plan.'),
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
      .describe('Pause after each wave but the last, in milliseconds. Default: 0.'),
    concurrency: Natural.max(64)
      .default(8)
      .describe('Maximum number of tenants at the same time. Default: 8.'),
    maxTenantsPerSecond: Natural.max(10_000)
      .optional()
      .describe('Maximum number of tenants that are started per second. If omitted, unlimited.'),
    errorBudget: ErrorBudgetSchema.default({ tenants: 0 }).describe(
      'Number of tenants that may be refused or fail in total. Default: none.',
    ),
    errorBudgets: z
      .partialRecord(ErrorCodeEnum, ErrorBudgetSchema)
      .default({})
      .describe(
        'Number of tenants that may be refused or fail with an error code, in addition to the total.',
      ),
    allow: z
      .array(NonEmpty)
      .max(10_000)
      .default([])
      .describe('List of the ids of the approved changes, as listed in the plan. Default: none.'),
    environment: SeedEnvironmentEnum.optional().describe(
      'Environment whose seed datasets are written. If omitted, that of the runtime.',
    ),
  })
  .describe('How a rollout proceeds: which tenants first, how fast, and when it stops.');
export type RolloutStrategy = z.infer<typeof RolloutStrategySchema>;
export type RolloutStrategyInput = z.input<typeof RolloutStrategySchema>;
