/*
 * The shortest decimal that is parsed to a given double, in SQL. SQLite writes 15 digits exactly, but neither writes
 * nor parses further digits reliably, so both are computed with integers. A decimal has the form `<digits>e<exponent>`,
 * without leading or trailing zeros in the digits. A decimal with few digits and a small exponent is parsed exactly by
 * one multiplication or division. For other doubles, all digits of the double and of both ends of the interval that
 * rounds to it are computed (a recursive query multiplies text in groups of nine digits), and the shortest decimal in
 * the interval is chosen, or the nearest of several: the rule of JavaScript's `String(number)`.
 */

const TWO_TO_64 = '(4294967296.0 * 4294967296.0)';
const powers = (base: number, most: number) =>
  Array.from({ length: most }, (_, index) => `WHEN ${index + 1} THEN ${base ** (index + 1)}`).join(' ');

/** Power of two or five by which one step multiplies: the highest one that leaves room for the carry in 64 bits. */
const factor = (left: string) =>
  `iif(isUp, 1 << min(${left}, 29), CASE min(${left}, 13) ${powers(5, 13)} ELSE 1 END)`;
const leftAfter = (left: string) => `max(${left} - CASE WHEN isUp THEN 29 ELSE 13 END, 0)`;

/** Exact steps that scale a positive double to the range of 53-bit integers. */
const SCALED = `SELECT x,
    CASE WHEN f < 0.000244140625 THEN f * ${TWO_TO_64} WHEN f < 68719476736.0 THEN f * 65536.0
      WHEN f < 281474976710656.0 THEN f * 16.0 WHEN f < 4503599627370496.0 THEN f * 2.0
      WHEN f / ${TWO_TO_64} >= 9007199254740992.0 THEN f / ${TWO_TO_64} WHEN f / 65536.0 >= 9007199254740992.0 THEN f / 65536.0
      ELSE f / 2.0 END,
    CASE WHEN f < 0.000244140625 THEN e - 64 WHEN f < 68719476736.0 THEN e - 16
      WHEN f < 281474976710656.0 THEN e - 4 WHEN f < 4503599627370496.0 THEN e - 1
      WHEN f / ${TWO_TO_64} >= 9007199254740992.0 THEN e + 64 WHEN f / 65536.0 >= 9007199254740992.0 THEN e + 16
      ELSE e + 1 END
  FROM _os_scaled WHERE f < 4503599627370496.0 OR f >= 9007199254740992.0`;

/** The integer and the power of two whose product is the double. Subnormal doubles have fewer bits. */
const PARTS = `SELECT x, CAST(f AS INTEGER) >> max(-1074 - e, 0) AS m, max(e, -1074) AS e
  FROM _os_scaled WHERE f >= 4503599627370496.0 AND f < 9007199254740992.0 LIMIT -1 OFFSET 0`;

/** The ends of the interval and the double itself, in quarters of the least significant bit. */
const QUARTERS = `SELECT x, 4 * m + CASE at WHEN -1 THEN CASE WHEN m = 4503599627370496 AND e > -1074 THEN -1 ELSE -2 END
      ELSE 2 * at END AS q, at, abs(e - 2) AS n, e >= 2 AS isUp, m % 2 = 0 AS isEven, min(e - 2, 0) AS scale
  FROM _os_parts, (SELECT -1 AS at UNION ALL SELECT 0 UNION ALL SELECT 1)`;

const MULTIPLIED = `SELECT x, at, isUp, isEven, scale,
    CASE source WHEN '' THEN ltrim(carry, '0') || product ELSE substr(source, 1, max(length(source) - 9, 0)) END,
    CASE source WHEN '' THEN '' ELSE printf('%09d', (CAST(substr(source, -9) AS INTEGER) * factor + carry) % 1000000000) || product END,
    CASE source WHEN '' THEN 0 ELSE (CAST(substr(source, -9) AS INTEGER) * factor + carry) / 1000000000 END,
    CASE source WHEN '' THEN ${factor('left')} ELSE factor END,
    CASE source WHEN '' THEN ${leftAfter('left')} ELSE left END
  FROM _os_product WHERE source <> '' OR left > 0`;

/**
 * Parts of a WITH clause (not nested, because SQL parsers limit the nesting depth): from `_os_double(x)`, positive
 * doubles, to `_os_shortest(x, decimal)`.
 */
export const SHORTEST_DECIMAL = `_os_scaled(x, f, e) AS (SELECT x, x, 0 FROM _os_double UNION ALL ${SCALED}),
  _os_parts AS (${PARTS}),
  _os_quarters AS (${QUARTERS}),
  _os_product(x, at, isUp, isEven, scale, source, product, carry, factor, left) AS (
    SELECT x, at, isUp, isEven, scale, CAST(q AS TEXT), '', 0, ${factor('n')}, ${leftAfter('n')} FROM _os_quarters
    UNION ALL ${MULTIPLIED}),
  _os_written AS (SELECT x, at, isEven, scale, ltrim(carry || product, '0') AS digits FROM _os_product WHERE source = '' AND left = 0),
  _os_interval AS (SELECT x, max(isEven) AS isEven, max(scale) AS scale, max(CASE at WHEN 0 THEN length(digits) END) AS size,
    max(length(digits)) + 1 AS width, max(CASE at WHEN -1 THEN digits END) AS low, max(CASE at WHEN 0 THEN digits END) AS exact,
    max(CASE at WHEN 1 THEN digits END) AS high FROM _os_written GROUP BY x),
  _os_padded AS (SELECT x, isEven, scale, width, width - size AS zeros, substr('00' || low, -width) AS low,
    substr('00' || exact, -width) AS exact, substr('00' || high, -width) AS high FROM _os_interval LIMIT -1 OFFSET 0),
  _os_cut AS (SELECT x, isEven, scale + width - zeros - n.value AS scale, n.value AS n,
    CAST(substr(low, 1, zeros + n.value) AS INTEGER) AS low, rtrim(substr(low, zeros + n.value + 1), '0') AS lowRest,
    CAST(substr(exact, 1, zeros + n.value) AS INTEGER) AS exact, rtrim(substr(exact, zeros + n.value + 1), '0') AS exactRest,
    CAST(substr(high, 1, zeros + n.value) AS INTEGER) AS high, rtrim(substr(high, zeros + n.value + 1), '0') AS highRest
    FROM _os_padded, temp.json_each('[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17]') AS n LIMIT -1 OFFSET 0),
  _os_candidate AS (SELECT c.*, exact + up AS h, up FROM _os_cut AS c, (SELECT 0 AS up UNION ALL SELECT 1)),
  _os_best AS (SELECT x, h, scale,
      min(2 * n + CASE WHEN exactRest > '5' THEN 1 - up WHEN exactRest < '5' THEN up ELSE h % 2 END) AS place FROM _os_candidate
    WHERE (h > low OR (h = low AND lowRest = '' AND isEven)) AND (h < high OR (h = high AND (highRest <> '' OR isEven))) GROUP BY x),
  _os_shortest AS (SELECT x, rtrim(h, '0') || 'e' || (scale + length(h) - length(rtrim(h, '0'))) AS decimal FROM _os_best)`;

/** Prevents SQLite from flattening a subquery of one row, after which it would evaluate a column once for each use. */
export const ONE_ROW = 'LIMIT 1 OFFSET 0';

const BLANKS = `' ' || char(9, 10, 13)`;

/**
 * Parts of a WITH clause that end in `_os_decimal(sign, decimal)`, from a text that is a JSON number; zero is `0e0`.
 * They have no row unless the condition is true; a CASE expression around them would increase the nesting depth.
 */
export const decimalOf = (text: string, condition = '1') => `
  _os_text AS (SELECT trim(${text}, ${BLANKS}) AS given WHERE ${condition} ${ONE_ROW}),
  _os_body AS (SELECT CASE WHEN given GLOB '-*' THEN '-' ELSE '' END AS sign, lower(ltrim(given, '-')) AS body FROM _os_text ${ONE_ROW}),
  _os_point AS (SELECT sign, CASE instr(body, 'e') WHEN 0 THEN body ELSE substr(body, 1, instr(body, 'e') - 1) END AS mantissa,
    CASE instr(body, 'e') WHEN 0 THEN 0 ELSE CAST(substr(body, instr(body, 'e') + 1) AS INTEGER) END AS exponent FROM _os_body ${ONE_ROW}),
  _os_digits AS (SELECT sign, ltrim(replace(mantissa, '.', ''), '0') AS digits,
    exponent - CASE instr(mantissa, '.') WHEN 0 THEN 0 ELSE length(mantissa) - instr(mantissa, '.') END AS scale FROM _os_point ${ONE_ROW}),
  _os_decimal AS (SELECT sign, CASE digits WHEN '' THEN '0e0'
    ELSE rtrim(digits, '0') || 'e' || (scale + length(digits) - length(rtrim(digits, '0'))) END AS decimal FROM _os_digits ${ONE_ROW})`;

/** The digits of a decimal as an integer. */
export const digitsOf = (decimal: string) => `substr(${decimal}, 1, instr(${decimal}, 'e') - 1)`;
export const exponentOf = (decimal: string) =>
  `CAST(substr(${decimal}, instr(${decimal}, 'e') + 1) AS INTEGER)`;

/**
 * The double of a decimal with at most 15 digits and a small exponent, computed by one exact operation; null for other
 * decimals. Requires the columns `digits` and `exponent`.
 */
export const SIMPLE_DOUBLE = `CASE WHEN length(digits) > 15 THEN NULL
  WHEN exponent BETWEEN 0 AND 22 THEN CAST(digits AS INTEGER) * CAST('1e' || exponent AS REAL)
  WHEN exponent BETWEEN -22 AND -1 THEN CAST(digits AS INTEGER) / CAST('1e' || -exponent AS REAL) END`;

/** Part of a WITH clause that splits the decimal into two columns. */
export const PARTED = `_os_parted AS (SELECT sign, decimal, ${digitsOf('decimal')} AS digits, ${exponentOf('decimal')} AS exponent FROM _os_decimal ${ONE_ROW})`;
