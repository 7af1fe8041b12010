import type { ReactNode } from 'react';

export const Kbd = ({ children }: { children: ReactNode }) => (
  <kbd className="rounded-chip border border-line bg-surface px-1 font-sans text-chip whitespace-nowrap text-ink2">
    {children}
  </kbd>
);
