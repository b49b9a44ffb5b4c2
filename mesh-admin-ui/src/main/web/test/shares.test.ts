import { describe, expect, it } from 'vitest';
import { isNear, percentagesOf, sharesOf } from '../src/routes/shares';

describe('shares', () => {
  it('divides by the sum of the weights', () => {
    expect(sharesOf([4, 1])).toEqual([0.8, 0.2]);
    expect(sharesOf([0, 0])).toEqual([0, 0]);
  });

  it('gives whole percentages that add up to 100', () => {
    expect(percentagesOf([1, 1, 1])).toEqual([34, 33, 33]);
    expect(percentagesOf([1, 1, 1, 1, 1, 1, 1])).toEqual([15, 15, 14, 14, 14, 14, 14]);
    expect(percentagesOf([999_999, 1])).toEqual([100, 0]);
    expect(percentagesOf([0, 0])).toEqual([0, 0]);
  });

  it('adds up to 100 for any weights', () => {
    for (let seed = 1; seed < 400; seed++) {
      const weights = Array.from({ length: 2 + (seed % 7) }, (_, i) => (seed * 7919 * (i + 3)) % 1009);

      expect(percentagesOf(weights).reduce((sum, value) => sum + value, 0)).toBe(100);
    }
  });

  it('allows for the noise of few calls but not for a wrong split', () => {
    expect(isNear(0.24, 0.2, 100)).toBe(true);
    expect(isNear(0.5, 0.2, 100)).toBe(false);
    expect(isNear(0.24, 0.2, 100_000)).toBe(false);
    expect(isNear(0.215, 0.2, 100_000)).toBe(true);
  });
});
