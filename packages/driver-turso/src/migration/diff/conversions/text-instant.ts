/**
 * SQL that parses dates, instants and times of day like a write does (`encodeValue`); null for text that it rejects.
 */

const DAY = '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]';
const MINUTE = '[0-5][0-9]';
const ONE_ROW = 'LIMIT 1 OFFSET 0';

const isDay = (text: string) => `${text} GLOB '${DAY}' AND date(${text}) IS ${text}`;

const isHour = (text: string) => `${text} GLOB '[0-2][0-9]:*' AND ${text} < '24'`;

export const textTime = (text: string) => `CASE
  WHEN ${isHour(text)} AND ${text} GLOB '[0-9][0-9]:${MINUTE}' THEN ${text} || ':00'
  WHEN ${isHour(text)} AND ${text} GLOB '[0-9][0-9]:${MINUTE}:${MINUTE}' THEN ${text} END`;

const IS_FRACTION = `rest GLOB ':${MINUTE}.[0-9]*' AND length(rest) <= 13 AND substr(rest, 5) NOT GLOB '*[^0-9]*'`;
const IS_SECOND = `(rest = '' OR rest GLOB ':${MINUTE}' OR ${IS_FRACTION})`;
/** Midnight may also be written as 24:00 of the previous day. */
const IS_CLOCK = `(clock GLOB '[0-1][0-9]:${MINUTE}' OR clock GLOB '2[0-3]:${MINUTE}'
  OR clock = '24:00' AND rtrim(rest, '0') IN ('', ':', ':00.'))`;
const IS_ZONE = `(zone = 'Z' OR zone GLOB '[+-][0-1][0-9]:${MINUTE}' OR zone GLOB '[+-]2[0-3]:${MINUTE}')`;
const OFFSET = `CASE zone WHEN 'Z' THEN 0 ELSE (substr(zone, 1, 1) || '1') * (substr(zone, 2, 2) * 60 + substr(zone, 5)) END`;

/**
 * Parts of a WITH clause that end in `_os_instant(instant)`. They are not nested, because SQL parsers limit the nesting
 * depth.
 */
const instantOf = (text: string) => `_os_given AS (SELECT ${text} AS given ${ONE_ROW}),
  _os_cut AS (SELECT substr(given, 1, 10) AS day, substr(given, 12, 5) AS clock, substr(given, 17) AS tail,
    CASE WHEN given GLOB '*Z' THEN 'Z' ELSE substr(given, -6) END AS zone FROM _os_given WHERE given GLOB '${DAY}T*' ${ONE_ROW}),
  _os_spelled AS (SELECT day, clock, zone, substr(tail, 1, length(tail) - length(zone)) AS rest,
    substr(clock, 1, 2) * 60 + substr(clock, 4) - ${OFFSET} AS minutes FROM _os_cut ${ONE_ROW}),
  _os_read AS (SELECT strftime('%Y-%m-%dT%H:%M', day, printf('%+d minutes', minutes)) AS minute,
    substr(rest || substr(':00.000', length(rest) + 1), 1, 7) || 'Z' AS second FROM _os_spelled
    WHERE ${isDay('day')} AND ${IS_ZONE} AND ${IS_SECOND} AND ${IS_CLOCK} ${ONE_ROW}),
  _os_instant AS (SELECT minute || second AS instant FROM _os_read WHERE minute GLOB '${DAY}T*' ${ONE_ROW})`;

export const textInstant = (text: string) => `(WITH ${instantOf(text)} SELECT instant FROM _os_instant)`;

/** An instant is converted to a date only if it is midnight UTC, so that no information is lost. */
export const textDay = (text: string) => `(WITH ${instantOf(text)},
  _os_midnight AS (SELECT substr(instant, 1, 10) AS day FROM _os_instant WHERE substr(instant, 11) = 'T00:00:00.000Z' ${ONE_ROW})
  SELECT CASE WHEN ${isDay('given')} THEN given ELSE (SELECT day FROM _os_midnight) END FROM _os_given)`;
