/** SQL of a text, in single quotes. */
export const textLiteral = (text: string): string => `'${text.replaceAll("'", "''")}'`;
