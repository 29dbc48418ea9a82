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
  it.each(['grid', 'map'])('keeps %j as it is', (value) => {
    expect(VisualizationTypeEnum.parse(value)).toEqual(value);
  });

  it.each([['', 'board']])('refuses a wrong %s: %j', (path, change) => {
    expect(issuePaths(VisualizationTypeEnum, change)).toEqual([path]);
  });
});

describe('KanbanConfigSchema', () => {
  it.each([{ groupByField: 'a', columns: ['b'], swimlane: 'c' }])('keeps %j as it is', (value) => {
    expect(KanbanConfigSchema.parse(value)).toEqual(value);
  });

  it.each([
    ['groupByField', { groupByField: undefined }],
    ['columns', { columns: 'b' }],
  ])('refuses a wrong %s: %j', (path, change) => {
    expect(issuePaths(KanbanConfigSchema, { ...{ groupByField: 'a', columns: [] }, ...change })).toEqual([
      path,
    ]);
  });
});

describe('CalendarConfigSchema', () => {
  it.each([{ startDateField: 'a', endDateField: 'c', titleField: 'b', colorField: 'd' }])(
    'keeps %j as it is',
    (value) => {
      expect(CalendarConfigSchema.parse(value)).toEqual(value);
    },
  );

  it.each([
    ['startDateField', { startDateField: undefined }],
    ['titleField', { titleField: 1 }],
  ])('refuses a wrong %s: %j', (path, change) => {
    expect(
      issuePaths(CalendarConfigSchema, { ...{ startDateField: 'a', titleField: 'b' }, ...change }),
    ).toEqual([path]);
  });
});

describe('GanttConfigSchema', () => {
  it.each([{ startDateField: 'a', endDateField: 'b', titleField: 'c', progressField: 'd' }])(
    'keeps %j as it is',
    (value) => {
      expect(GanttConfigSchema.parse(value)).toEqual(value);
    },
  );

  it.each([['endDateField', { endDateField: undefined }]])('refuses a wrong %s: %j', (path, change) => {
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
    'keeps %j as it is',
    (value) => {
      expect(GalleryConfigSchema.parse(value)).toEqual(value);
    },
  );

  it.each([
    ['coverFit', { coverFit: 'fill' }],
    ['cardSize', { cardSize: 'tiny' }],
  ])('refuses a wrong %s: %j', (path, change) => {
    expect(issuePaths(GalleryConfigSchema, change)).toEqual([path]);
  });
});

describe('TimelineConfigSchema', () => {
  it.each([{ startDateField: 'a', titleField: 'b', scale: 'quarter' }])('keeps %j as it is', (value) => {
    expect(TimelineConfigSchema.parse(value)).toEqual(value);
  });

  it.each([
    ['scale', { scale: 'decade' }],
    ['titleField', { titleField: undefined }],
  ])('refuses a wrong %s: %j', (path, change) => {
    expect(
      issuePaths(TimelineConfigSchema, { ...{ startDateField: 'a', titleField: 'b' }, ...change }),
    ).toEqual([path]);
  });
});
