import * as z from 'zod';

export const AuthSessionSchema = z
  .object({
    id: z.string().min(1).describe('Id of the session.'),
    userId: z.string().min(1).describe('User who signed in.'),
    activeOrganizationId: z
      .string()
      .min(1)
      .optional()
      .describe('Organization that the user works for at the moment.'),
    expiresAt: z.iso.datetime().describe('When the session ends.'),
  })
  .describe('An authenticated session. It decides the tenant; no header or path can widen it.');
export type AuthSession = z.infer<typeof AuthSessionSchema>;
