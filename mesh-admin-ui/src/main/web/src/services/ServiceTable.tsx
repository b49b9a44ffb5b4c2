import type { ServiceSummary } from '../api/types';
import { hrefOf } from '../app/router';
import { Pill } from '../ui/Pill';
import { totalsOf } from './filter';

export function ServiceTable({ services }: { services: readonly ServiceSummary[] }) {
  return (
    <div class="card card--flush">
      <table class="table">
        <caption class="visually-hidden">Services</caption>
        <thead>
          <tr>
            <th scope="col">Service</th>
            <th scope="col">Versions</th>
            <th scope="col">State</th>
            <th scope="col" class="number">
              Up
            </th>
            <th scope="col" class="number wide">
              Revision
            </th>
            <th scope="col" class="number">
              <span class="visually-hidden">Links</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {services.map((service) => (
            <Row key={service.name} service={service} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ service }: { service: ServiceSummary }) {
  const { instances, up } = totalsOf(service);
  return (
    <tr data-testid="service" data-service={service.name}>
      <th scope="row" class="clip">
        <a href={hrefOf('services', service.name)}>{service.name}</a>
      </th>
      <td>
        <span class="tags">
          {Object.entries(service.versions).map(([version, counts]) => (
            <span key={version} class="tag">
              {version} <span class="muted">{`${counts.up}/${counts.instances}`}</span>
            </span>
          ))}
        </span>
      </td>
      <td>
        <ServiceState instances={instances} up={up} />
      </td>
      <td class="number">{`${up}/${instances}`}</td>
      <td class="number wide">{service.revision}</td>
      <td class="number">
        <a href={hrefOf('routes', service.name)} aria-label={`Routes of ${service.name}`}>
          Routes
        </a>
      </td>
    </tr>
  );
}

function ServiceState({ instances, up }: { instances: number; up: number }) {
  if (instances === 0) {
    return <Pill tone="idle">no instance</Pill>;
  }
  if (up === 0) {
    return <Pill tone="bad">none up</Pill>;
  }
  return up < instances ? <Pill tone="warn">partly up</Pill> : <Pill tone="ok">all up</Pill>;
}
