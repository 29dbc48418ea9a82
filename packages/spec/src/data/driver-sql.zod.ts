import * as z from 'zod';

export const SQLDialectSchema = z
  .enum(['postgresql', 'mysql', 'sqlite', 'mssql', 'oracle', 'mariadb'])
  .describe('SQL dialect of a database.');
export type SQLDialect = z.infer<typeof SQLDialectSchema>;
