/** Characters that are verified together: SQLite counts from the beginning of a text to find one. */
const PART = 256;

/** The largest code points, which SQLite reads as another one although their text is well-formed. */
const READ_OTHERWISE = [0xfffe, 0xffff].map((code) => `char(${code})`).join(', ');

const NOT_ASCII = "'*[^' || char(1) || '-' || char(127) || ']*'";

/** Query for the characters of the text that differ from the ones that they are read as. */
function malformedCharacters(text: string): string {
  const parts = `_os_part (at, part) AS (SELECT 1, substr(${text}, 1, ${PART}) UNION ALL SELECT at + ${PART}, substr(${text}, at + ${PART}, ${PART}) FROM _os_part WHERE length(part) = ${PART})`;
  const places =
    '_os_place (at, part) AS (SELECT 1, part FROM _os_part UNION ALL SELECT at + 1, part FROM _os_place WHERE at < length(part))';
  const characters = 'SELECT substr(part, at, 1) AS one FROM _os_place';
  return `WITH RECURSIVE ${parts}, ${places} SELECT 1 FROM (${characters}) WHERE char(unicode(one)) <> one AND one NOT IN (${READ_OTHERWISE})`;
}

/**
 * SQL condition that a text of a column cannot be read as it is: it is not UTF-8, for which the native library ends the
 * process, or contains NUL, at which the library truncates it.
 */
export const undecodableText = (column: string): string =>
  `CASE WHEN instr(${column}, char(0)) > 0 THEN 1 WHEN ${column} GLOB ${NOT_ASCII} THEN EXISTS (${malformedCharacters(column)}) ELSE 0 END`;
