import { quickDecimal } from './quick-decimal.js';
import {
  decimalOf,
  digitsOf,
  exponentOf,
  ONE_ROW,
  PARTED,
  SHORTEST_DECIMAL,
  SIMPLE_DOUBLE,
} from './shortest-decimal.js';

const zeros = (count: string) => `substr('000000000000000000000', 1, ${count})`;

/** Formats digits and the position of the decimal point like JavaScript. */
const WRITTEN = `CASE
  WHEN point BETWEEN size AND 21 THEN digits || ${zeros('point - size')}
  WHEN point BETWEEN 1 AND 21 THEN substr(digits, 1, point) || '.' || substr(digits, point + 1)
  WHEN point BETWEEN -5 AND 0 THEN '0.' || ${zeros('-point')} || digits
  ELSE substr(digits, 1, 1) || CASE size WHEN 1 THEN '' ELSE '.' || substr(digits, 2) END || 'e' || printf('%+d', point - 1) END`;

/** A number as text, exactly as JavaScript's `String` returns it. */
export const numberText = (number: string) => `CASE
  WHEN typeof(${number}) NOT IN ('real', 'integer') OR ${number} - ${number} IS NULL THEN CAST(${number} AS TEXT)
  WHEN abs(${number}) < 9007199254740992 AND ${number} = CAST(${number} AS INTEGER) THEN CAST(CAST(${number} AS INTEGER) AS TEXT)
  ELSE (WITH RECURSIVE ${decimalOf(`printf('%.14e', ${number})`)},
  ${PARTED},
  _os_rounded AS (SELECT sign, decimal, abs(${number}) AS x, ${SIMPLE_DOUBLE} IS abs(${number}) AS isExact FROM _os_parted ${ONE_ROW}),
  _os_double(x) AS (SELECT x FROM _os_rounded WHERE NOT isExact),
  _os_first_double(x) AS (SELECT x FROM _os_double),
  ${quickDecimal('_os_first')},
  ${SHORTEST_DECIMAL},
  _os_chosen AS (SELECT sign, coalesce(iif(isExact, decimal, NULL), (SELECT decimal FROM _os_first_quick), (SELECT decimal FROM _os_shortest)) AS decimal
    FROM _os_rounded ${ONE_ROW}),
  _os_split AS (SELECT sign, ${digitsOf('decimal')} AS digits, ${exponentOf('decimal')} AS exponent FROM _os_chosen ${ONE_ROW}),
  _os_number AS (SELECT sign, digits, length(digits) AS size, length(digits) + exponent AS point FROM _os_split ${ONE_ROW})
  SELECT sign || ${WRITTEN} FROM _os_number) END`;

/** A double and its neighbors: SQLite may parse a text to a neighbor of the correct double. */
const NEAR = [
  '',
  ' + x * 1.1102230246251568e-16',
  ' - x * 1.1102230246251568e-16',
  ` + CAST('5e-324' AS REAL)`,
  ` - CAST('5e-324' AS REAL)`,
];
const NEIGHBORS = NEAR.map((shift) => `SELECT x${shift} AS x FROM _os_read_double`).join(' UNION ');

/**
 * The number of a text; null if the text is not a JSON number, or if no double has exactly this value when it is
 * written.
 */
export const textNumber = (text: string) => `(
  WITH RECURSIVE ${decimalOf(text, `CASE WHEN json_valid(${text}) THEN json_type(${text}) IN ('integer', 'real') END`)},
  ${PARTED},
  _os_simple AS (SELECT sign, decimal, length(digits) AS size, CASE digits WHEN '0' THEN 0.0 ELSE ${SIMPLE_DOUBLE} END AS x FROM _os_parted ${ONE_ROW}),
  _os_read_double(x) AS (SELECT abs(CAST(${text} AS REAL)) AS x FROM _os_simple WHERE x IS NULL AND size <= 17 ${ONE_ROW}),
  ${quickDecimal('_os_read')},
  _os_near_double(x) AS (SELECT x FROM (${NEIGHBORS}) WHERE x > 0 AND x - x IS NOT NULL),
  ${quickDecimal('_os_near')},
  _os_double(x) AS (SELECT x FROM _os_near_double EXCEPT SELECT x FROM _os_near_quick WHERE decimal IS NOT NULL),
  ${SHORTEST_DECIMAL}
  SELECT 0.0 + CASE sign WHEN '-' THEN -1 ELSE 1 END * coalesce(_os_simple.x,
    (SELECT r.x FROM _os_read_quick AS r WHERE r.decimal = _os_simple.decimal),
    (SELECT n.x FROM _os_near_quick AS n WHERE n.decimal = _os_simple.decimal),
    (SELECT s.x FROM _os_shortest AS s WHERE s.decimal = _os_simple.decimal)) FROM _os_simple)`;
