import { registry } from '../api/registry';
import { useFeed } from '../api/useFeed';
import { hrefOf } from '../app/router';
import { Banner } from '../ui/Banner';

const EVERY_MS = 3000;

/** On every page while the registry takes no changes, so that nobody learns it from a refused one. */
export function ReadOnlyBanner() {
  const { state } = useFeed(registry.nodes, EVERY_MS, []);
  if (state.value === null || state.value.connected) {
    return null;
  }
  return (
    <Banner tone="warn" title="Read-only: this registry node does not reach Redis" testId="read-only">
      Routes, drains and tokens cannot be changed here until it does. Calls go on, and what you see of instances is what this node knows. It mends itself when Redis is back.{' '}
      <a href={hrefOf('nodes')}>See the nodes</a>
    </Banner>
  );
}
