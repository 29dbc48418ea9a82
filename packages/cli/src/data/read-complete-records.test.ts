import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type CompleteRecords, readCompleteRecords } from './read-complete-records.js';

const CSV = ['id,text\n', 'a,"x ""y""\nz"\n', '"b, or c",é\n', 'd,\n'];
const LINES = ['{"id":"a","text":"\\n"}\n', '{"id":"bé"}\n', '{"id":"c"}\n'];
const IDS = { csv: ['a', 'b, or c', 'd'], jsonl: ['a', 'bé', 'c'] };

/** The text in chunks of a few bytes. */
const inChunks = (bytes: Buffer, size: number) =>
  Readable.from(
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    ),
  );

describe('readCompleteRecords', () => {
  it.each([
    ['csv', CSV, 1],
    ['csv', CSV, 7],
    ['jsonl', LINES, 1],
    ['jsonl', LINES, 7],
  ] as const)('finds the complete records of each start of an export as %s', async (format, rows, size) => {
    const bytes = Buffer.from(rows.join(''));
    const headings = format === 'csv' ? 1 : 0;
    const ends = rows.map((_, index) => Buffer.byteLength(rows.slice(0, index + 1).join('')));
    for (let length = 0; length <= bytes.length; length++) {
      const records = Math.max(0, ends.filter((end) => end <= length).length - headings);
      const expected: CompleteRecords = {
        records,
        lastId: IDS[format][records - 1],
        bytes: records === 0 ? 0 : (ends[records - 1 + headings] ?? 0),
      };
      expect(await readCompleteRecords(inChunks(bytes.subarray(0, length), size), format)).toEqual(expected);
    }
  });

  it.each(['{"id":"a"}\nno json\n{"id":"c"}\n', '{"id":"a"}\n{"text":"b"}\n'])(
    'ends before a row that is no record: %j',
    async (text) => {
      expect(await readCompleteRecords(Readable.from([Buffer.from(text)]), 'jsonl')).toEqual({
        records: 1,
        lastId: 'a',
        bytes: 11,
      });
    },
  );
});
