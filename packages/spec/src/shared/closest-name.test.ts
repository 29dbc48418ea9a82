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
    { name: 'In Progress', candidates: ['new', 'in_progress'], closest: 'in_progress' },
    { name: 'DELETE_BEHAVIOR', candidates: ['deleteBehavior'], closest: 'deleteBehavior' },
    { name: 'OPEN', candidates: ['open'], closest: 'open' },
    { name: 'Min', candidates: ['max', 'min'], closest: 'min' },
    { name: '_', candidates: ['-'], closest: undefined },
    { name: 'defualtValeu', candidates: ['defaultValue'], closest: 'defaultValue' },
    { name: 'descripton_', candidates: ['description'], closest: 'description' },
    { name: 'name', candidates: ['name_of_a_person'], closest: undefined },
    { name: 'abc', candidates: ['acb'], closest: undefined },
    { name: 'dashboards', candidates: ['objects', 'views'], closest: undefined },
    { name: 'x'.repeat(1_000_000), candidates: ['label'], closest: undefined },
  ])('returns $closest for $name', ({ name, candidates, closest }) => {
    expect(closestName(name, candidates)).toBe(closest);
  });

  it('compares the first 500 candidates', () => {
    const others = Array.from({ length: 500 }, (_, index) => `other_${index}`);
    expect(closestName('lable', [...others.slice(1), 'label'])).toBe('label');
    expect(closestName('lable', [...others, 'label'])).toBeUndefined();
  });
});
