const MOST_SAMPLES = 5;

/** Counts the records for which the condition holds, and shows some of their ids. */
export function countWhere(rows: string, condition: string): string {
  const from = `FROM ${rows} WHERE ${condition}`;
  const samples = `SELECT json_group_array(id) FROM (SELECT id ${from} ORDER BY id LIMIT ${MOST_SAMPLES})`;
  return `SELECT count(*) AS "rows", (${samples}) AS samples ${from}`;
}
