/** Arithmetic of weights. Weights are relative and whole; shares add up to 1. */

export function sharesOf(weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => (sum === 0 ? 0 : weight / sum));
}

/** Whole percentages that add up to 100 and are as near to the weights as can be (largest remainder). */
export function percentagesOf(weights: readonly number[]): number[] {
  const exact = sharesOf(weights).map((share) => share * 100);
  const floors = exact.map(Math.floor);
  const missing = exact.every((value) => value === 0) ? 0 : 100 - floors.reduce((sum, value) => sum + value, 0);
  const byRemainder = exact.map((value, i) => [value - Math.floor(value), i] as const).sort(([a, i], [b, j]) => b - a || i - j);
  const raised = new Set(byRemainder.slice(0, missing).map(([, i]) => i));
  return floors.map((value, i) => value + (raised.has(i) ? 1 : 0));
}

/** Whether an observed share is as near to its target as this many calls can tell: three standard deviations, at least two points. */
export function isNear(observed: number, target: number, calls: number): boolean {
  const noise = calls <= 0 ? 1 : 3 * Math.sqrt((target * (1 - target)) / calls);
  return Math.abs(observed - target) <= Math.max(0.02, noise);
}
