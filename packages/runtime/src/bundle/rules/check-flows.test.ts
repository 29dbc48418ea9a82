import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../../test/bundle-findings.js';

const objects = [{ name: 'account', fields: {} }];
const start = { id: 'start', type: 'start' };

function findingsOfFlow(flow: Record<string, unknown>) {
  const findings = findingsOf({
    objects,
    flows: [{ name: 'a', type: 'api', nodes: [start], edges: [], ...flow }],
  });
  return findings.map((finding) => finding.replace('/flows/0', '.'));
}

describe('checkFlows', () => {
  it.each([
    { flow: {}, findings: [] },
    { flow: { edges: [{ id: 'e', source: 'start', target: 'start' }] }, findings: [] },
    {
      flow: { edges: [{ id: 'e', source: 'start', target: 'end' }] },
      findings: ['warning missing_reference ./edges/0/target'],
    },
    {
      flow: { edges: [{ id: 'e', source: 'x', target: 'start' }] },
      findings: ['warning missing_reference ./edges/0/source'],
    },
    { flow: { nodes: [start, start] }, findings: ['warning duplicate_name ./nodes/1/id'] },
    { flow: { nodes: [{ ...start, config: { objectName: 'account' } }] }, findings: [] },
    { flow: { nodes: [{ ...start, config: { objectName: '{record.type}' } }] }, findings: [] },
    { flow: { nodes: [{ ...start, config: 'x' }] }, findings: ['warning unknown_shape ./nodes/0/config'] },
    {
      flow: { nodes: [{ ...start, config: { objectName: 'lead' } }] },
      findings: ['warning unknown_object ./nodes/0/config/objectName'],
    },
  ])('finds $findings', ({ flow, findings }) => {
    expect(findingsOfFlow(flow)).toEqual(findings);
  });
});
