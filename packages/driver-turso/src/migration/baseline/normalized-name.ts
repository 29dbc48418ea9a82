/** The letters and digits of a name: names with the same ones are spellings of one name, such as createdAt and created_at. */
export const normalizedName = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
