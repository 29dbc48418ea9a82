import * as z from 'zod';
import { NextCursorSchema } from '../shared/page.zod.js';

export const MemberIdSchema = z
  .string()
  .min(1)
  .max(255)
  .describe("Identifier of a user in the caller's identity system, for example an account id.");
export type MemberId = z.infer<typeof MemberIdSchema>;

export const TenantMemberSchema = z
  .object({
    userId: MemberIdSchema,
    addedAt: z.iso.datetime().describe('Timestamp at which the user was added as a member.'),
  })
  .describe('Member of a tenant: a user whom the caller added. Members count against the quota maxUsers.');
export type TenantMember = z.infer<typeof TenantMemberSchema>;

export const TenantMemberPageSchema = z
  .object({
    items: z
      .array(TenantMemberSchema)
      .describe('List of members, sorted by `userId` in the order of UTF-16 code units.'),
    nextCursor: NextCursorSchema,
  })
  .describe("Page of a tenant's members.");
export type TenantMemberPage = z.infer<typeof TenantMemberPageSchema>;
