import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import {
  CalendarConfigSchema,
  GalleryConfigSchema,
  GanttConfigSchema,
  KanbanConfigSchema,
  TimelineConfigSchema,
  VisualizationTypeEnum,
} from './list-layout.zod.js';

describe('VisualizationTypeEnum', () => {
  it.each(['grid', 'map'])('returns %j unchanged', (value) => {
    expect(VisualizationTypeEnum.parse(value)).toEqual(value);
  });

  it.each([['', 'board']])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(VisualizationTypeEnum, change)).toEqual([path]);
  });
});

describe('KanbanConfigSchema', () => {
  it.each([{ groupByField: 'a', columns: ['b'], swimlane: 'c' }])('returns %j unchanged', (value) => {
    expect(KanbanConfigSchema.parse(value)).toEqual(value);
  });

  it.each([
    ['groupByField', { groupByField: undefined }],
    ['columns', { columns: 'b' }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(KanbanConfigSchema, { ...{ groupByField: 'a', columns: [] }, ...change })).toEqual([
      path,
    ]);
  });
});

describe('CalendarConfigSchema', () => {
  it.each([{ startDateField: 'a', endDateField: 'c', titleField: 'b', colorField: 'd' }])(
    'returns %j unchanged',
    (value) => {
      expect(CalendarConfigSchema.parse(value)).toEqual(value);
    },
  );

  it.each([
    ['startDateField', { startDateField: undefined }],
    ['titleField', { titleField: 1 }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(
      issuePaths(CalendarConfigSchema, { ...{ startDateField: 'a', titleField: 'b' }, ...change }),
    ).toEqual([path]);
  });
});

describe('GanttConfigSchema', () => {
  it.each([{ startDateField: 'a', endDateField: 'b', titleField: 'c', progressField: 'd' }])(
    'returns %j unchanged',
    (value) => {
      expect(GanttConfigSchema.parse(value)).toEqual(value);
    },
  );

  it.each([['endDateField', { endDateField: undefined }]])('rejects an invalid %s: %j', (path, change) => {
    expect(
      issuePaths(GanttConfigSchema, {
        ...{ startDateField: 'a', endDateField: 'b', titleField: 'c' },
        ...change,
      }),
    ).toEqual([path]);
  });
});

describe('GalleryConfigSchema', () => {
  it.each([{}, { coverField: 'a', coverFit: 'contain', cardSize: 'small', visibleFields: ['b'] }])(
    'returns %j unchanged',
    (value) => {
      expect(GalleryConfigSchema.parse(value)).toEqual(value);
    },
  );

  it.each([
    ['coverFit', { coverFit: 'fill' }],
    ['cardSize', { cardSize: 'tiny' }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(GalleryConfigSchema, change)).toEqual([path]);
  });
});

describe('TimelineConfigSchema', () => {
  it.each([{ startDateField: 'a', titleField: 'b', scale: 'quarter' }])('returns %j unchanged', (value) => {
    expect(TimelineConfigSchema.parse(value)).toEqual(value);
  });

  it.each([
    ['scale', { scale: 'decade' }],
    ['titleField', { titleField: undefined }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(
      issuePaths(TimelineConfigSchema, { ...{ startDateField: 'a', titleField: 'b' }, ...change }),
    ).toEqual([path]);
  });
});
