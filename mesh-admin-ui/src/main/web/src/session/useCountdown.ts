import { useEffect, useState } from 'preact/hooks';

/** Seconds left; counts down to zero once a second. */
export function useCountdown(): readonly [left: number, startFrom: (seconds: number) => void] {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (left <= 0) {
      return undefined;
    }
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left]);
  return [left, setLeft];
}
