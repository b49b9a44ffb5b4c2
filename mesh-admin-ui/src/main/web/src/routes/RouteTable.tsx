import { hrefOf } from '../app/router';
import { plural } from '../ui/format';
import { ShareBar, ShareLegend } from '../ui/ShareBar';
import { isSplittable, type Row } from './overview';

export function RouteTable({ rows }: { rows: readonly Row[] }) {
  return (
    <div class="card card--flush">
      <table class="table table--cards">
        <caption class="visually-hidden">Routes</caption>
        <thead>
          <tr>
            <th scope="col">Service</th>
            <th scope="col">Route</th>
            <th scope="col" class="half">
              Split of the last rule
            </th>
            <th scope="col" class="number">
              <span class="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <RouteRow key={row.service} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function RouteRow({ row }: { row: Row }) {
  const { service, route, shares, versions } = row;
  return (
    <tr data-testid="route" data-service={service}>
      <th scope="row" class="clip">
        <a href={hrefOf('routes', service)}>{service}</a>
      </th>
      <td data-label="Route">{route === null ? <span class="muted">none</span> : `${route.metadata.name}, ${plural(route.spec.rules.length, 'rule')}`}</td>
      <td data-label="Split" class={shares.length > 0 ? 'half has-bar' : 'half'}>
        {shares.length > 0 ? (
          <>
            <ShareBar shares={shares} label={`Split of ${service}`} />
            <ShareLegend shares={shares} />
          </>
        ) : (
          <span class="muted">{versions.length > 1 ? `${versions.join(', ')}: balanced over all instances` : versions.length === 1 ? `only ${versions[0]} runs` : 'no version runs'}</span>
        )}
      </td>
      <td class="number">{isSplittable(row) && <a class="button button--small" href={hrefOf('routes', service)} aria-label={`Edit the split of ${service}`}>{route === null ? 'Create' : 'Edit'}</a>}</td>
    </tr>
  );
}
