/** Channel of tenants that were not put into another one. */
export const DEFAULT_CHANNEL = 'stable';
