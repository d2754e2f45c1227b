import { expect, it } from 'vitest';
import { drawFrom } from '@/db/seed/random';
import { planOfBlows, VICTIMS } from './blows';

const plan = (seed: string, count = 24): readonly string[] =>
  planOfBlows(count, VICTIMS, drawFrom(`minka/chaos/${seed}`));

it('the same seed strikes the same parts in the same order, another seed others', () => {
  expect(plan('a')).toEqual(plan('a'));
  expect(plan('a')).not.toEqual(plan('b'));
});

it('every part falls once in every turn, however many blows there are', () => {
  const blows = plan('c');
  for (let at = 0; at < blows.length; at += VICTIMS.length) {
    expect(blows.slice(at, at + VICTIMS.length).toSorted()).toEqual(VICTIMS.toSorted());
  }
  expect(plan('c', 3)).toEqual(blows.slice(0, 3));
  expect(plan('c', 0)).toEqual([]);
});
