import * as z from 'zod';

export const AuthSessionSchema = z
  .object({
    id: z.string().min(1).describe('Unique identifier of the session.'),
    userId: z.string().min(1).describe('Unique identifier of the authenticated user.'),
    activeOrganizationId: z
      .string()
      .min(1)
      .optional()
      .describe(
        'Identifier of the organization that the user is currently working in. Absent if the user has selected none.',
      ),
    expiresAt: z.iso.datetime().describe('Timestamp at which the session expires.'),
  })
  .describe(
    'Authenticated session. Determines the tenants that a request may access; headers and paths cannot extend this access.',
  );
export type AuthSession = z.infer<typeof AuthSessionSchema>;
