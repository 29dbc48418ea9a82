import type { CommandInput } from '../frame/command.js';
import { textOption } from '../frame/read-options.js';

export type DataFormat = 'jsonl' | 'csv';

/** Format of an option, otherwise by the name of the file. */
export const dataFormat = (input: CommandInput, file: string | undefined): DataFormat =>
  (textOption(input, 'format') as DataFormat | undefined) ?? (/\.csv$/i.test(file ?? '') ? 'csv' : 'jsonl');
