import type { ReactNode } from 'react';
import { Logo } from '@/ui/logo';

export function Entrance({
  title,
  text,
  children,
}: {
  title: string;
  text?: string;
  children: ReactNode;
}) {
  return (
    <main className="flex h-full items-center justify-center overflow-auto bg-canvas p-5">
      <div className="w-full max-w-sm rounded-panel border border-line bg-raised p-7 shadow-2 max-md:p-5">
        <Logo />
        <h1 className="mt-5 text-record">{title}</h1>
        {text && <p className="mt-1 text-ink2">{text}</p>}
        <div className="mt-5">{children}</div>
      </div>
    </main>
  );
}
