import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { createStore, useStore } from '@/lib/store';
import { ChevronLeft } from '@/ui/icons';

let moved = false;

/** Whose system it is: behind the name of each page in the browser's title. */
export const whose = createStore('Bordero');

interface PageHeadProps {
  title: string;
  note?: ReactNode;
  actions?: ReactNode;
}
/** A route change moves focus to its heading, which also announces it. */
export function PageHead({ title, note, actions }: PageHeadProps) {
  const heading = usePageTitle(title);
  return (
    <header className="flex min-h-14 flex-wrap items-center gap-x-3 gap-y-1 px-5 py-2.5 max-md:px-4">
      <h1 ref={heading} tabIndex={-1} className="text-title">
        {title}
      </h1>
      {note && (
        <p className="tabular text-small text-ink2 max-md:order-last max-md:basis-full">{note}</p>
      )}
      <div className="ml-auto flex flex-wrap items-center gap-2">{actions}</div>
    </header>
  );
}

interface BackProps {
  to: '/deals' | '/clients' | '/policies' | '/tasks' | '/money/payments';
  label: string;
  number?: string | undefined;
}
/** The list that a card belongs to, and the number it goes by. */
export function Back({ to, label, number }: BackProps) {
  return (
    <p className="flex items-center gap-1.5 text-small text-ink2">
      <Link
        to={to}
        className="inline-flex min-h-6 items-center gap-1 hover:text-ink coarse:min-h-11"
      >
        <ChevronLeft />
        {label}
      </Link>
      {number && (
        <>
          <span aria-hidden>/</span>
          <span className="tabular">{number}</span>
        </>
      )}
    </p>
  );
}

export function usePageTitle(title: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  const owner = useStore(whose);
  useEffect(() => {
    document.title = `${title} · ${owner}`;
  }, [title, owner]);
  useEffect(() => {
    if (moved) heading.current?.focus({ preventScroll: true });
    moved = true;
  }, []);
  return heading;
}
