import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from '@/lib/keys';
import { IconButton } from './button';
import { Close } from './icons';

interface SidePanelProps {
  label: string;
  onClose: () => void;
  actions?: ReactNode;
  children: ReactNode;
}
/** Lies over the list without taking it away: the list stays usable. */
export function SidePanel({ label, onClose, actions, children }: SidePanelProps) {
  const { t } = useTranslation();
  const panel = useRef<HTMLElement>(null);
  useKeys({ Escape: onClose });
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <aside
      ref={panel}
      aria-label={label}
      className="appear fixed inset-y-0 right-0 z-30 flex w-[480px] max-w-full flex-col border-l border-line bg-surface shadow-2 max-md:w-full"
    >
      <div className="flex items-center justify-end gap-1 px-3 pt-3">
        {actions}
        <IconButton label={t('close')} keys="Esc" onPress={onClose}>
          <Close />
        </IconButton>
      </div>
      <div className="min-h-0 flex-1 overflow-auto px-5 pb-5">{children}</div>
    </aside>
  );
}
