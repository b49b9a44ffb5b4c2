import { useState } from 'preact/hooks';
import { registry } from '../api/registry';
import type { ServiceDetail } from '../api/types';
import { useFeed } from '../api/useFeed';
import { hrefOf } from '../app/router';
import { Empty } from '../ui/Empty';
import { FeedView } from '../ui/FeedView';
import { FreshnessMark } from '../ui/Freshness';
import { Fact } from '../ui/Fact';
import { PageHead } from '../ui/PageHead';
import { DrainDialog } from './DrainDialog';
import type { DrainTarget } from './drains';
import { InstanceTable } from './InstanceTable';
import { RuleList } from './RuleList';
import { useDrain } from './useDrain';
import { VersionBar } from './VersionBar';
import { WatcherTable } from './WatcherTable';

const EVERY_MS = 1500;

export function ServicePage({ name }: { name: string }) {
  const { state, refresh } = useFeed(() => registry.service(name), EVERY_MS, [name]);
  return (
    <div class="page">
      <PageHead title={name} trail={{ href: hrefOf('services'), text: 'Services' }}>
        <FreshnessMark state={state} />
        <a class="button" href={hrefOf('routes', name)}>
          Routes
        </a>
      </PageHead>
      {state.error?.failure === 'not-found' ? (
        <Empty title={`“${name}” is not known here`} icon="search" testId="unknown-service">
          <p>
            No instance of it is registered and no rule names it. <a href={hrefOf('services')}>See all services</a>.
          </p>
        </Empty>
      ) : (
        <FeedView state={state} what="service">
          {(service: ServiceDetail) => <Detail service={service} refresh={refresh} />}
        </FeedView>
      )}
    </div>
  );
}

function Detail({ service, refresh }: { service: ServiceDetail; refresh: () => Promise<void> }) {
  const [asked, setAsked] = useState<DrainTarget | null>(null);
  const action = useDrain(service.name, refresh);
  const up = service.instances.filter(({ status }) => status === 'UP').length;
  return (
    <>
      <dl class="stats stats--four" aria-label="Service in numbers">
        <Fact label="Instances up" tone={up < service.instances.length ? 'warn' : undefined}>
          {up}
          <span class="fact__of"> / {service.instances.length}</span>
        </Fact>
        <Fact label="Versions">{new Set(service.instances.map(({ version }) => version)).size}</Fact>
        <Fact label="Watched by">{service.watchers.length}</Fact>
        <Fact label="Revision">{service.revision}</Fact>
      </dl>
      <VersionBar service={service} action={action} onAsk={setAsked} />
      <InstanceTable instances={service.instances} action={action} onAsk={setAsked} />
      <WatcherTable watchers={service.watchers} revision={service.revision} />
      <RuleList rules={service.rules} />
      {asked !== null && (
        <DrainDialog
          service={service.name}
          target={asked}
          instances={service.instances}
          onClose={() => setAsked(null)}
          onConfirm={() => {
            setAsked(null);
            void action.drain(asked);
          }}
        />
      )}
    </>
  );
}
