import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '@/lib/store';
import { dismiss, type Toast, toastMs, toasts } from '@/lib/toast';
import { Button, buttonClass, IconButton } from './button';
import { cx } from './cx';
import { Close } from './icons';
import { TraceId } from './states';

export function Toasts() {
  const items = useStore(toasts);
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-5 z-50 flex flex-col items-center gap-2 px-4 max-md:bottom-20"
    >
      {items.map((item) => (
        <Item key={item.id} item={item} />
      ))}
    </div>
  );
}

function Item({ item }: { item: Toast }) {
  const { t } = useTranslation();
  useEffect(() => {
    const timer = setTimeout(() => dismiss(item.id), toastMs);
    return () => clearTimeout(timer);
  }, [item.id]);
  return (
    <div
      className={cx(
        'appear pointer-events-auto flex min-h-10 max-w-lg items-center gap-2 rounded-card border border-line bg-raised py-1 pr-1 pl-4 shadow-2',
        item.tone === 'bad' && 'text-bad',
      )}
    >
      <span className="min-w-0 flex-1">{item.text}</span>
      {item.traceId && <TraceId id={item.traceId} />}
      {item.download && (
        <a
          href={item.download.address}
          download
          onClick={() => dismiss(item.id)}
          className={buttonClass('quiet', 'font-medium text-accent-ink')}
        >
          {item.download.label}
        </a>
      )}
      {item.action && (
        <Button
          variant="quiet"
          className="font-medium text-accent-ink"
          onPress={() => {
            dismiss(item.id);
            item.action?.run();
          }}
        >
          {item.action.label}
        </Button>
      )}
      {item.undo && (
        <Button
          variant="quiet"
          className="font-medium text-accent-ink"
          onPress={() => {
            dismiss(item.id);
            item.undo?.();
          }}
        >
          {t('undo')}
        </Button>
      )}
      <IconButton label={t('close')} onPress={() => dismiss(item.id)}>
        <Close />
      </IconButton>
    </div>
  );
}
