import type { ServiceSummary } from '../api/types';

/** Services by name whose name or version holds every word of the text. */
export function matching(services: readonly ServiceSummary[], text: string): ServiceSummary[] {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const sorted = [...services].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  return sorted.filter((service) => {
    const searched = [service.name, ...Object.keys(service.versions)].join(' ').toLowerCase();
    return words.every((word) => searched.includes(word));
  });
}

export interface Totals {
  readonly instances: number;
  readonly up: number;
}

export function totalsOf({ versions }: ServiceSummary): Totals {
  const counts = Object.values(versions);
  return { instances: counts.reduce((sum, { instances }) => sum + instances, 0), up: counts.reduce((sum, { up }) => sum + up, 0) };
}
