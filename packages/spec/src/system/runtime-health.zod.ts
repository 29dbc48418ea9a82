import * as z from 'zod';
import { ErrorCodeEnum } from '../shared/error-code.zod.js';

const Instant = z.iso.datetime();

export const RuntimePartEnum = z
  .enum(['registry', 'platform', 'bundles'])
  .describe(
    "Part of a runtime. registry: the database of the control plane; platform: the service that creates and deletes the tenants' databases; bundles: the bundle store of the runtime.",
  );
export type RuntimePart = z.infer<typeof RuntimePartEnum>;

export const PartHealthSchema = z
  .object({
    part: RuntimePartEnum,
    reachable: z.boolean().describe('Whether the part answered the last request.'),
    since: Instant.describe(
      'Timestamp since which the part has been reachable or unreachable, as `reachable` says.',
    ),
    errorCode: ErrorCodeEnum.optional().describe(
      'Code of the last failure. Absent if the part is reachable.',
    ),
  })
  .describe('Whether a part of a runtime is reachable. Also the payload of the event `health.changed`.');
export type PartHealth = z.infer<typeof PartHealthSchema>;

export const RuntimeHealthSchema = z
  .object({
    status: z
      .enum(['ok', 'degraded'])
      .describe('Summary of the parts. ok: every part is reachable; degraded: at least one is not.'),
    checkedAt: Instant.describe('Timestamp at which the parts were checked.'),
    parts: z.array(PartHealthSchema).describe('List with the health of each part.'),
  })
  .describe('Health of a runtime: whether this process can reach its parts.');
export type RuntimeHealth = z.infer<typeof RuntimeHealthSchema>;
