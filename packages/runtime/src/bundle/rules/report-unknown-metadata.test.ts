import { describe, expect, it } from 'vitest';
import { findingsOf, findingsOfField, findingsOfObject } from '../../../test/bundle-findings.js';
import { validateBundle } from '../validate-bundle.js';

describe('reportUnknownMetadata', () => {
  it.each([
    { parts: { dashboards: [] }, findings: ['warning unknown_key /dashboards'] },
    {
      parts: { manifest: { version: '1.0.0', engine: {} } },
      findings: ['warning unknown_key /manifest/engine'],
    },
    { parts: { $schema: 'x' }, findings: [] },
    {
      parts: { views: [{ name: 'a', list: { columns: ['x', { field: 'x', width: 1, wide: 1 }], zoom: 1 } }] },
      findings: [
        'warning unknown_key /views/0/list/columns/1/wide',
        'warning unknown_key /views/0/list/zoom',
      ],
    },
    {
      parts: { views: [{ name: 'a', listViews: { all: { columns: [], zoom: 1 } } }] },
      findings: ['warning unknown_key /views/0/listViews/all/zoom'],
    },
    {
      parts: { permissions: [{ name: 'a', objects: { '*': { allowRaed: true } } }] },
      findings: ['warning misspelled_key /permissions/0/objects/*/allowRaed'],
    },
    {
      parts: {
        flows: [
          {
            name: 'a',
            type: 'api',
            nodes: [{ id: 'a', type: 'end', zoom: 1, config: { zoom: 1 } }],
            edges: [],
          },
        ],
      },
      findings: ['warning unknown_key /flows/0/nodes/0/zoom'],
    },
  ])('finds $findings', ({ parts, findings }) => {
    expect(findingsOf(parts)).toEqual(findings);
  });

  it.each<{ field: Record<string, unknown>; findings: string[] }>([
    { field: { type: 'text', requird: true }, findings: ['error misspelled_key ./requird'] },
    { field: { type: 'text', required: true, requird: true }, findings: ['warning unknown_key ./requird'] },
    { field: { type: 'text', max_length: 5 }, findings: ['error misspelled_key ./max_length'] },
    { field: { type: 'text', workflows: 1 }, findings: ['warning unknown_key ./workflows'] },
    { field: { type: 'text', map: 1 }, findings: ['warning unknown_key ./map'] },
    { field: { type: 'text', constructor: 1 }, findings: ['warning unknown_key ./constructor'] },
    {
      field: { type: 'select', options: [{ label: 'A', value: 'a', colr: 'red' }] },
      findings: ['warning misspelled_key ./options/0/colr'],
    },
    {
      field: { type: 'select', options: [{ label: 'A', valu: 'a', value: 'a' }] },
      findings: ['warning unknown_key ./options/0/valu'],
    },
    {
      field: { type: 'select', options: [{ label: 'A', value: 'a', defualt: true }] },
      findings: ['error misspelled_key ./options/0/defualt'],
    },
  ])('finds $findings in a field', ({ field, findings }) => {
    expect(findingsOfField(field)).toEqual(findings);
  });

  it('checks a validation rule by its type', () => {
    const unique = { type: 'unique', name: 'a', message: 'b', fields: ['name'], transitions: {} };
    const machine = { type: 'state_machine', name: 'a', message: 'b', field: 'name', transitions: {} };
    expect(findingsOfObject({ validations: [unique, machine] })).toEqual([
      'warning unknown_key /objects/0/validations/0/transitions',
    ]);
  });

  it('checks content that is stored but not interpreted, in every notation', () => {
    const findings = findingsOfObject({
      enable: { trackHistroy: true },
      stateMachines: {
        m: {
          id: 'm',
          initial: 'a',
          states: {
            a: { on: { GO: { target: 'b', zoom: 1 }, STAY: [{ zoom: 1 }] } },
            b: { meta: { zoom: 1 } },
          },
        },
      },
      validations: [
        {
          type: 'conditional',
          name: 'a',
          message: 'b',
          when: 'c',
          // biome-ignore lint/suspicious/noThenProperty: the name that the metadata format defines
          then: { type: 'script', name: 'd', message: 'e', condition: 'f', zoom: 1 },
        },
      ],
    });
    expect(findings.map((finding) => finding.replace('/objects/0', '.'))).toEqual([
      'warning misspelled_key ./enable/trackHistroy',
      'warning unknown_key ./stateMachines/m/states/a/on/GO/zoom',
      'warning unknown_key ./stateMachines/m/states/a/on/STAY/0/zoom',
      'warning unknown_key ./validations/0/then/zoom',
    ]);
  });

  it.each([
    { parts: { sharingModel: 'everyone' }, path: './sharingModel' },
    { parts: { tenancy: { enabled: 'yes' } }, path: './tenancy/enabled' },
    {
      parts: { actions: [{ name: 'a', label: 'A', params: [{ type: 'barcode' }] }] },
      path: './actions/0/params/0/type',
    },
    { parts: { titleFormat: 5 }, path: './titleFormat' },
    {
      parts: { validations: [{ type: 'script', name: 'a', message: 'b', condition: 5 }] },
      path: './validations/0/condition',
    },
    {
      parts: { validations: [{ type: 'script', name: 'a', message: 'b' }] },
      path: './validations/0/condition',
    },
  ])('warns of the unknown shape at $path', ({ parts, path }) => {
    const findings = findingsOfObject(parts).map((finding) => finding.replace('/objects/0', '.'));
    expect(findings).toEqual([`warning unknown_shape ${path}`]);
  });

  it('suggests the correction, also where the misspelling makes the shape invalid', () => {
    const { issues } = validateBundle({
      manifest: { version: '1.0.0' },
      objects: [{ naem: 'a', feilds: {} }],
    });
    expect(
      issues.filter(({ suggestion }) => suggestion).map(({ path, suggestion }) => [path, suggestion]),
    ).toEqual([
      ['/objects/0/feilds', 'fields'],
      ['/objects/0/naem', 'name'],
    ]);
  });
});
