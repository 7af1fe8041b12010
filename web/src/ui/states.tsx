import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/lib/http';
import { messageOf } from '@/lib/messages';
import { Button } from './button';
import { cx } from './cx';
import { Copy } from './icons';

/** True once something has been waited for long enough that silence would worry. */
export function useLate(waiting: boolean, afterMs = 150): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!waiting) return setLate(false);
    const timer = setTimeout(() => setLate(true), afterMs);
    return () => clearTimeout(timer);
  }, [waiting, afterMs]);
  return waiting && late;
}

export const Bone = ({ className }: { className?: string }) => (
  <span className={cx('skeleton block rounded-chip bg-idle-soft', className)} />
);

/** The shape of what is coming; nothing at all before 150 ms. */
export function Skeleton({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  if (!useLate(true)) return null;
  return (
    <div aria-busy="true">
      <span role="status" className="sr-only">
        {t('loading')}
      </span>
      <div aria-hidden>{children}</div>
    </div>
  );
}
export const RowsSkeleton = ({ rows = 8 }: { rows?: number }) => (
  <Skeleton>
    <div className="flex flex-col gap-3 p-5">
      {Array.from({ length: rows }, (_, row) => (
        <Bone key={row} className={row % 3 === 1 ? 'h-4 w-3/5' : 'h-4 w-4/5'} />
      ))}
    </div>
  </Skeleton>
);

interface StateProps {
  title: string;
  text?: ReactNode;
  action?: ReactNode;
  children?: ReactNode;
  /** When it is all that the page says: then its title is the page's. */
  page?: boolean;
}
export function EmptyState({ title, text, action, children, page }: StateProps) {
  const Title = page ? 'h1' : 'p';
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-5 py-14 text-center">
      <Title className="text-head font-semibold">{title}</Title>
      {text && <p className="text-ink2">{text}</p>}
      {action && <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div>}
      {children}
    </div>
  );
}

export function ErrorState({ failure, onRetry }: { failure: unknown; onRetry: () => void }) {
  const { t } = useTranslation(['common', 'errors']);
  if (failure instanceof Problem && failure.status === 404) return <Missing />;
  const trace = failure instanceof Problem ? failure.traceId : undefined;
  return (
    <div role="alert">
      <EmptyState
        title={t('common:failed')}
        text={messageOf(failure)}
        action={<Button onPress={onRetry}>{t('common:retry')}</Button>}
      >
        {trace && <TraceId id={trace} />}
      </EmptyState>
    </div>
  );
}

export function TraceId({ id }: { id: string }) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      onClick={() => void navigator.clipboard.writeText(id)}
      className="inline-flex min-h-6 items-center gap-1.5 text-small text-ink3 hover:text-ink"
    >
      {t('trace', { id: id.slice(0, 16) })}
      <Copy />
    </button>
  );
}

export function Missing() {
  const { t } = useTranslation();
  return (
    <EmptyState
      page
      title={t('missing')}
      text={t('missing_text')}
      action={
        <a href="/today" className="inline-flex min-h-6 items-center text-accent-ink underline">
          {t('missing_back')}
        </a>
      }
    />
  );
}
