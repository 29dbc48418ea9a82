const MAX_SAMPLES = 5;

/** Query that counts the records for which the condition is true and returns some of their ids. */
export function countWhere(rows: string, condition: string): string {
  const samples = `SELECT json_group_array(CAST(id AS TEXT)) FROM (SELECT id FROM _os_found ORDER BY id LIMIT ${MAX_SAMPLES})`;
  return `WITH _os_found AS MATERIALIZED (SELECT id FROM ${rows} WHERE ${condition}) SELECT count(*) AS "rows", (${samples}) AS samples FROM _os_found`;
}
