import * as z from 'zod';

export const AuthSessionSchema = z
  .object({
    id: z.string().min(1).describe('Unique identifier of the session.'),
    userId: z
      .string()
      .min(1)
      .describe('Unique identifier of the authenticated user, as assigned by the identity provider.'),
    activeOrganizationId: z
      .string()
      .min(1)
      .optional()
      .describe(
        'Identifier of the organization in which the user is currently working. Only its tenants can be accessed. Omit it if the user has selected none; resolving a tenant is then rejected with `organization_required`.',
      ),
    expiresAt: z.iso
      .datetime()
      .describe(
        'Timestamp at which the session expires. From then on, resolving a tenant is rejected with `session_expired`.',
      ),
  })
  .describe(
    'Authenticated session of the request. Determines the tenants that a request may access; headers and paths cannot extend this access.',
  );
export type AuthSession = z.infer<typeof AuthSessionSchema>;
