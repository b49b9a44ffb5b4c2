import type { ComponentChildren } from 'preact';

interface Props {
  readonly title: ComponentChildren;
  readonly trail?: { readonly href: string; readonly text: string };
  readonly children?: ComponentChildren;
}

export function PageHead({ title, trail, children }: Props) {
  return (
    <header class="head">
      <div class="head__title">
        {trail && (
          <nav aria-label="Breadcrumb" class="head__trail">
            <a href={trail.href}>{trail.text}</a>
            <span aria-hidden="true"> / </span>
          </nav>
        )}
        <h1>{title}</h1>
      </div>
      <div class="head__tools">{children}</div>
    </header>
  );
}
