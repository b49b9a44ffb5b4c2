import { describe, expect, it } from 'vitest';
import { ago, agoOf, millis, percent, perSecond, plural } from '../src/ui/format';

describe('format', () => {
  it('keeps rates short', () => {
    expect([0, 0.01, 0.5, 7.04, 44.4, 1234, 13_240].map(perSecond)).toEqual(['0/s', '<0.1/s', '0.5/s', '7/s', '44/s', '1,234/s', '13.2k/s']);
  });

  it('never rounds a few errors to none, nor a few successes to all', () => {
    expect([0, 0.0004, 0.012, 0.38, 0.9995, 1].map(percent)).toEqual(['0%', '<0.1%', '1.2%', '38%', '>99.9%', '100%']);
  });

  it('changes from milliseconds to seconds', () => {
    expect([0.42, 9.96, 840, 12_300].map(millis)).toEqual(['0.4 ms', '10 ms', '840 ms', '12.3 s']);
  });

  it('shows a dash for what is not known', () => {
    expect([millis(null), millis(Number.NaN), percent(Number.NaN), agoOf(null, 0), agoOf('soon', 0)]).toEqual(['–', '–', '–', '–', '–']);
  });

  it('tells how long ago in the largest unit that fits', () => {
    expect([5, 61, 7200, 200_000].map((seconds) => ago(0, seconds * 1000))).toEqual(['5 s ago', '1 min ago', '2 h ago', '2 days ago']);
  });

  it('does not show a future when the clocks differ', () => {
    expect(ago(5000, 0)).toBe('0 s ago');
  });

  it('counts in words', () => {
    expect([plural(1, 'caller'), plural(2, 'caller'), plural(0, 'instance')]).toEqual(['1 caller', '2 callers', '0 instances']);
  });
});
