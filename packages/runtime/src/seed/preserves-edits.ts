import type { SeedDataset } from '@objectstack/spec/data';
import type { Before } from './seed-undo-log.js';

/** Whether the record was written since seed data last wrote it, or was not created by seed data. */
export const isEdited = ({ row, origin }: Before): boolean => origin?.writtenAt !== row.updated_at;

/** Whether seed data leaves an existing record unchanged because the record was edited (`preserveEdits`). */
export const preservesEdits = ({ preserveEdits }: SeedDataset, before: Before): boolean =>
  preserveEdits === true && isEdited(before);
