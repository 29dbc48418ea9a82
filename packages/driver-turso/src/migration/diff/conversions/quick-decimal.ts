/*
 * The shortest decimal of a double in a few microseconds, or null if the result would not be certain. The double is
 * multiplied by a power of ten in pairs of doubles, which have 106 bits, until it has 17 digits before the decimal
 * point. The midpoints to its neighbors are the bounds of the decimals that are parsed as this double. Of these
 * decimals, the one with the fewest digits is chosen, then the nearest. The error of the product is less than 2 ** -40,
 * so the result is null if a smaller difference would decide.
 */

const TWO_TO_200 = `(${Array(6).fill('4294967296.0').join(' * ')} * 256.0)`;
const SMALLEST = `CAST('5e-324' AS REAL)`;
const HALF_A_BIT = '1.1102230246251568e-16';
const ALL_ROWS = 'LIMIT -1 OFFSET 0';

/** The upper half of the bits of a double, so that products of halves are exact. */
const upper = (x: string) => `(134217729.0 * ${x} - (134217729.0 * ${x} - ${x}))`;
/**
 * Rounding error of the product of two doubles, given their upper halves. Few parentheses: SQL parsers limit the
 * nesting depth.
 */
const errorOf = (x: string, y: string, [xh, yh]: readonly [string, string]) =>
  `${xh} * ${yh} - ${x} * ${y} + ${xh} * (${y} - ${yh}) + (${x} - ${xh}) * ${yh} + (${x} - ${xh}) * (${y} - ${yh})`;

/** Difference between ten to the power of -22 and the double 1 / 1e22. */
const REST = '-4.859677432657087e-39';

/** Powers of ten by which digits are omitted. Of the 17 digits of most doubles, at most two can be omitted. */
const STEPS = (count: number) => `'[${Array.from({ length: count }, (_, index) => 10 ** index).join(',')}]'`;

const NEAREST = `CASE
    WHEN below < down + margin AND above < up + margin AND abs(below - above) < margin THEN NULL
    WHEN below < above THEN CASE WHEN below < down - margin THEN c WHEN below > down + margin AND above < up - margin THEN c + step END
    ELSE CASE WHEN above < up - margin THEN c + step WHEN above > up + margin AND below < down - margin THEN c END END`;

/**
 * Parts of a WITH clause, whose names begin with a prefix: from `<prefix>_double(x)`, positive doubles, to
 * `<prefix>_quick(x, decimal)`. Doubles without a decimal may be missing. Doubles near the ends of the range are scaled
 * first, so that no digit is lost to underflow.
 */
export const quickDecimal = (prefix: string) => `
  ${prefix}_place AS (SELECT x, 16 - CAST(substr(printf('%.16e', x), 20) AS INTEGER) AS k,
    CASE WHEN x < 1e-200 THEN ${TWO_TO_200} WHEN x > 1e200 THEN 1 / ${TWO_TO_200} ELSE 1.0 END AS z FROM ${prefix}_double ${ALL_ROWS}),
  ${prefix}_factors AS (SELECT x, x * z AS zx, z, k, CAST('1e' || ((k + 330) % 22) AS REAL) AS c, (k + 330) / 22 - 15 AS a FROM ${prefix}_place ${ALL_ROWS}),
  ${prefix}_powers AS (SELECT x, zx, z, k, c, abs(a) AS a, CASE WHEN a < 0 THEN 1 / 1e22 ELSE 1e22 END AS t,
    CASE WHEN a < 0 THEN ${REST} ELSE 0.0 END AS tl FROM ${prefix}_factors ${ALL_ROWS}),
  ${prefix}_halves AS (SELECT x, zx, z, k, c, a, t, tl, ${upper('zx')} AS xh, ${upper('c')} AS ch, ${upper('t')} AS th FROM ${prefix}_powers ${ALL_ROWS}),
  ${prefix}_times(x, zx, z, k, t, tl, th, a, hi, lo) AS (SELECT x, zx, z, k, t, tl, th, a, zx * c, ${errorOf('zx', 'c', ['xh', 'ch'])} FROM ${prefix}_halves
    UNION ALL SELECT x, zx, z, k, t, tl, th, a - 1, hi * t, ${errorOf('hi', 't', [upper('hi'), 'th'])} + hi * tl + lo * t FROM ${prefix}_times WHERE a > 0),
  ${prefix}_pair AS (SELECT x, zx, z, k, (hi + lo) / z AS hi, (lo - ((hi + lo) - hi)) / z AS lo FROM ${prefix}_times WHERE a = 0 ${ALL_ROWS}),
  ${prefix}_whole AS (SELECT x, k, CAST(hi AS INTEGER) + CAST(lo AS INTEGER) - (lo < 0) AS i, lo - CAST(lo AS INTEGER) + (lo < 0) AS f,
    max((zx + zx * ${HALF_A_BIT}) - zx, ${SMALLEST} * z) / zx * hi / 2 AS up,
    max(zx - (zx - zx * ${HALF_A_BIT}), ${SMALLEST} * z) / zx * hi / 2 AS down FROM ${prefix}_pair WHERE hi > 9.9e15 AND hi < 1.01e17 ${ALL_ROWS}),
  ${prefix}_steps AS (SELECT x, k, n.value AS step, i / n.value * n.value AS c, i % n.value + f AS below, n.value - i % n.value - f AS above,
    down, up, 1e-6 + 1e-12 * up AS margin FROM ${prefix}_whole, temp.json_each(CASE WHEN up + down < 30 THEN ${STEPS(3)} ELSE ${STEPS(18)} END) AS n
    WHERE n.value < 10 * (up + down) ${ALL_ROWS}),
  ${prefix}_best AS (SELECT x, k, max(step), ${NEAREST} AS h FROM ${prefix}_steps WHERE below < down + margin OR above < up + margin GROUP BY x),
  ${prefix}_quick AS (SELECT x, rtrim(h, '0') || 'e' || (length(h) - length(rtrim(h, '0')) - k) AS decimal FROM ${prefix}_best ${ALL_ROWS})`;
