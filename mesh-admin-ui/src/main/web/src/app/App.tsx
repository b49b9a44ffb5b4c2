import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { AuditPage } from '../audit/AuditPage';
import { NodesPage } from '../nodes/NodesPage';
import { RoutePage } from '../routes/RoutePage';
import { RoutesPage } from '../routes/RoutesPage';
import { ServicePage } from '../services/ServicePage';
import { ServicesPage } from '../services/ServicesPage';
import { session } from '../session/session';
import { SignInPage } from '../session/SignInPage';
import { Opening } from '../session/Opening';
import { TopologyPage } from '../topology/TopologyPage';
import { Empty } from '../ui/Empty';
import { hrefOf, place, type Place } from './router';
import { Shell } from './Shell';

export function App() {
  const now = session.value;
  const title = titleOf(place.value);
  useEffect(() => {
    document.title = now.state === 'signed-in' ? `${title} · Mesh Up` : 'Sign in · Mesh Up';
  }, [title, now.state]);
  switch (now.state) {
    case 'checking':
    case 'unreachable':
      return <Opening failing={now.state === 'unreachable'} />;
    case 'signed-out':
      return <SignInPage notice={now.notice} />;
    case 'signed-in':
      return <Shell user={now.session.user} role={now.session.role}>{pageOf(place.value)}</Shell>;
  }
}

function pageOf({ page, name }: Place): VNode {
  if (page === 'topology') {
    return <TopologyPage />;
  }
  if (page === 'services') {
    return name === null ? <ServicesPage /> : <ServicePage key={name} name={name} />;
  }
  if (page === 'nodes') {
    return <NodesPage />;
  }
  if (page === 'audit') {
    return <AuditPage />;
  }
  if (page === 'routes') {
    return name === null ? <RoutesPage /> : <RoutePage key={name} service={name} />;
  }
  return (
    <Empty title="There is no such page" icon="search">
      <p>
        “{page}” is not a page of this dashboard. <a href={hrefOf('topology')}>Open the topology</a>.
      </p>
    </Empty>
  );
}

function titleOf({ page, name }: Place): string {
  const title = page.charAt(0).toUpperCase() + page.slice(1);
  return name === null ? title : `${name} · ${title}`;
}
