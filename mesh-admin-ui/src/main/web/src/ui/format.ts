/** Numbers and times as the pages show them: few digits, fixed units, never an empty cell. */

const NONE = '–';

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

export function count(value: number): string {
  return grouped.format(value);
}

/** Three digits at most, so that a column of rates stays narrow and steady. */
export function perSecond(value: number): string {
  return `${rate(value)}/s`;
}

export function percent(share: number): string {
  if (!Number.isFinite(share)) {
    return NONE;
  }
  const value = share * 100;
  if (value === 0) {
    return '0%';
  }
  if (value < 0.1) {
    return '<0.1%';
  }
  if (value > 99.9 && value < 100) {
    return '>99.9%';
  }
  return `${value < 9.95 ? trimmed(value, 1) : Math.round(value)}%`;
}

export function millis(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return NONE;
  }
  if (value >= 9_950) {
    return `${trimmed(value / 1000, 1)} s`;
  }
  return value < 9.95 ? `${trimmed(value, 1)} ms` : `${count(value)} ms`;
}

export function plural(amount: number, one: string, many = `${one}s`): string {
  return `${count(amount)} ${amount === 1 ? one : many}`;
}

/** How long ago, in the largest unit that fits. */
export function ago(from: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - from) / 1000));
  if (seconds < 60) {
    return `${seconds} s ago`;
  }
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min ago`;
  }
  return seconds < 86_400 ? `${Math.floor(seconds / 3600)} h ago` : plural(Math.floor(seconds / 86_400), 'day') + ' ago';
}

export function agoOf(iso: string | null | undefined, now: number): string {
  const at = iso ? Date.parse(iso) : Number.NaN;
  return Number.isNaN(at) ? NONE : ago(at, now);
}

export function clock(at: number): string {
  return new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
}

function rate(value: number): string {
  if (value > 0 && value < 0.05) {
    return '<0.1';
  }
  if (value >= 9_950) {
    return `${trimmed(value / 1000, 1)}k`;
  }
  return value < 9.95 ? trimmed(value, 1) : count(value);
}

function trimmed(value: number, digits: number): string {
  return value.toFixed(digits).replace(/\.0+$/, '');
}
