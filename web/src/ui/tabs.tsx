import { Link, type LinkProps } from '@tanstack/react-router';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { cx } from './cx';

export interface TabItem {
  id: string;
  label: ReactNode;
  count?: ReactNode;
  link: Pick<LinkProps, 'to' | 'params' | 'search'>;
  current: boolean;
}
interface TabsProps {
  label: string;
  items: TabItem[];
  /** What stands at the end of the line. */
  end?: ReactNode;
}
/** Tabs that live in the URL are links; the current one says so. */
export function Tabs({ label, items, end }: TabsProps) {
  const line = useRef<HTMLElement>(null);
  const current = items.find((item) => item.current)?.id;
  // On a phone the line is wider than the page: the tab that one stands on is never out of it.
  useLayoutEffect(() => {
    const tab = line.current?.querySelector<HTMLElement>('[aria-current]');
    if (!line.current || !tab || !current) return;
    const { scrollLeft, clientWidth } = line.current;
    const [start, end] = [
      tab.offsetLeft - scrollLeft,
      tab.offsetLeft + tab.offsetWidth - scrollLeft,
    ];
    if (start < 0 || end > clientWidth) {
      line.current.scrollLeft = tab.offsetLeft - (clientWidth - tab.offsetWidth) / 2;
    }
  }, [current]);
  return (
    <div className="flex items-center border-b border-line">
      <nav
        ref={line}
        aria-label={label}
        className="no-bar relative flex min-w-0 flex-1 gap-1 overflow-x-auto px-3"
      >
        {items.map((item) => (
          <Link
            key={item.id}
            {...(item.link as LinkProps)}
            replace
            resetScroll={false}
            aria-current={item.current ? 'page' : undefined}
            className={cx(
              'relative flex h-10 shrink-0 items-center gap-1.5 px-2 whitespace-nowrap focus-visible:-outline-offset-2 coarse:h-11',
              item.current
                ? 'font-medium text-ink after:absolute after:inset-x-2 after:bottom-0 after:h-0.5 after:bg-accent'
                : 'text-ink2 hover:text-ink',
            )}
          >
            {item.label}
            {item.count !== undefined && (
              <span className="tabular text-chip text-ink3">{item.count}</span>
            )}
          </Link>
        ))}
      </nav>
      {end}
    </div>
  );
}
