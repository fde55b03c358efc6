import type { ReactNode } from 'react';
import { useEffect } from 'react';

import { classes } from './classes';

interface PageHeaderProps {
  title: string;
  /** The document's title where it differs from the heading. */
  documentTitle?: string;
  /** Small line above the title: where this belongs. */
  eyebrow?: ReactNode;
  /** Beside the title, usually a `StatusBadge`. */
  badge?: ReactNode;
  text?: ReactNode;
  /** The actions of the page; one of them primary. */
  actions?: ReactNode;
}

/** Begins every page: its only `h1`, the document's title, and the actions. */
export function PageHeader({
  title,
  documentTitle,
  eyebrow,
  badge,
  text,
  actions,
}: PageHeaderProps): ReactNode {
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
      <DocumentTitle title={documentTitle ?? title} />
      <div className="flex min-w-0 flex-col gap-1">
        {eyebrow !== undefined && <div className="text-small text-muted">{eyebrow}</div>}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <h1 className="text-heading font-semibold">{title}</h1>
          {badge}
        </div>
        {text !== undefined && <p className="max-w-2xl text-body text-muted">{text}</p>}
      </div>
      {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}

/** Names the document in the browser's tab and history. */
export function DocumentTitle({ title }: { title: string }): ReactNode {
  return <title>{`${title} · Karavan`}</title>;
}

/** Says what a public page is about, for searchers and for whoever shares its address. */
export function DocumentDescription({ text }: { text: string }): ReactNode {
  useEffect(() => {
    // The document brings one description for all pages: it is changed, not joined by a second one.
    const tag = document.querySelector<HTMLMetaElement>('meta[name="description"]');
    if (tag === null) return;
    const common = tag.content;
    tag.content = text;
    return () => {
      tag.content = common;
    };
  }, [text]);
  return null;
}

/** The vertical rhythm of a workspace page. */
export function PageBody({ children }: { children: ReactNode }): ReactNode {
  return <div className="flex flex-col gap-6">{children}</div>;
}

interface CardProps {
  children: ReactNode;
  className?: string;
  /** Tables and lists reach the edges. */
  isFlush?: boolean;
}

/** A surface that groups what belongs together. */
export function Card({ children, className, isFlush = false }: CardProps): ReactNode {
  return (
    <div
      className={classes(
        'rounded-base border border-line bg-surface',
        isFlush ? 'overflow-hidden' : 'p-4 sm:p-5',
        className,
      )}
    >
      {children}
    </div>
  );
}

interface SectionProps {
  title: string;
  text?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** A titled part of a page. */
export function Section({ title, text, actions, children, className }: SectionProps): ReactNode {
  return (
    <section className={classes('flex min-w-0 flex-col gap-3', className)}>
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2 className="text-title font-semibold">{title}</h2>
          {text !== undefined && <p className="text-body text-muted">{text}</p>}
        </div>
        {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
      {children}
    </section>
  );
}

interface DescriptionListProps {
  items: readonly { term: string; value: ReactNode }[];
  /** How many columns a wide screen shows. */
  columns?: 1 | 2 | 3;
}

/** Names and values of one thing. An absent value shows a dash. */
export function DescriptionList({ items, columns = 2 }: DescriptionListProps): ReactNode {
  const grid = { 1: '', 2: 'sm:grid-cols-2', 3: 'sm:grid-cols-2 lg:grid-cols-3' }[columns];
  return (
    <dl className={classes('grid gap-x-8 gap-y-4', grid)}>
      {items.map(({ term, value }) => (
        <div key={term} className="min-w-0">
          <dt className="text-small text-muted">{term}</dt>
          <dd className="mt-0.5 text-body">
            {value === null || value === undefined || value === '' ? '—' : value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
