import type { ComponentChildren } from 'preact';
import { signOut } from '../session/session';
import { ReadOnlyBanner } from '../nodes/ReadOnlyBanner';
import { Icon, type IconName } from '../ui/Icon';
import { hrefOf, place } from './router';
import { type Theme, theme } from './theme';

const PAGES: readonly (readonly [page: string, title: string, icon: IconName])[] = [
  ['topology', 'Topology', 'graph'],
  ['services', 'Services', 'list'],
  ['routes', 'Routes', 'split'],
  ['nodes', 'Nodes', 'nodes'],
];
const AUDIT = ['audit', 'Audit', 'search'] as const;

export function Shell({ user, role, children }: { user: string; role: string; children: ComponentChildren }) {
  const pages = role === 'admin' ? [...PAGES, AUDIT] : PAGES;
  return (
    <div class="shell">
      <a class="skip" href="#main" onClick={skipToMain}>
        Skip to content
      </a>
      <header class="side">
        <a class="brand" href={hrefOf('topology')}>
          <Icon name="mark" />
          Mesh Up
        </a>
        <nav class="side__nav" aria-label="Pages">
          {pages.map(([page, title, icon]) => (
            <a key={page} href={hrefOf(page)} aria-current={place.value.page === page ? 'page' : undefined}>
              <Icon name={icon} />
              {title}
            </a>
          ))}
        </nav>
        <div class="side__foot">
          <ThemeChoice />
          <div class="side__user">
            <span class="side__name" title={`Signed in as ${user}`}>
              <Icon name="user" />
              {user}
            </span>
            <button type="button" class="button button--quiet button--small" onClick={() => void signOut()}>
              Sign out
            </button>
          </div>
        </div>
      </header>
      <main id="main" class="main" tabindex={-1}>
        <ReadOnlyBanner />
        {children}
      </main>
    </div>
  );
}

export function ThemeChoice() {
  return (
    <label class="theme">
      <span class="visually-hidden">Theme</span>
      <select value={theme.value} onChange={(event) => (theme.value = event.currentTarget.value as Theme)} data-testid="theme">
        <option value="system">System theme</option>
        <option value="light">Light theme</option>
        <option value="dark">Dark theme</option>
      </select>
    </label>
  );
}

/** The hash is taken by the pages, so the link moves the focus itself. */
function skipToMain(event: Event): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
