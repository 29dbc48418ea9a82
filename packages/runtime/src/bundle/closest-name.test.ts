import { describe, expect, it } from 'vitest';
import { closestName } from './closest-name.js';

describe('closestName', () => {
  it.each([
    { name: 'requird', candidates: ['readonly', 'required'], closest: 'required' },
    { name: 'typ', candidates: ['type'], closest: 'type' },
    { name: 'default_value', candidates: ['defaultValue'], closest: 'defaultValue' },
    { name: 'maxLenght', candidates: ['minLength', 'maxLength'], closest: 'maxLength' },
    { name: 'mix', candidates: ['min', 'max'], closest: undefined },
    { name: 'lable', candidates: ['label'], closest: 'label' },
    { name: 'naem', candidates: ['name'], closest: 'name' },
    { name: 'abc', candidates: ['acb'], closest: undefined },
    { name: 'dashboards', candidates: ['objects', 'views'], closest: undefined },
    { name: 'x'.repeat(1_000_000), candidates: ['label'], closest: undefined },
  ])('returns $closest for $name', ({ name, candidates, closest }) => {
    expect(closestName(name, candidates)).toBe(closest);
  });
});
