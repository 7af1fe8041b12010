import type { ReactNode } from 'react';
import { DialogTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

interface FilterPanelProps {
  isOpen: boolean;
  onOpenChange: (open: boolean) => void;
  fields: () => ReactNode;
  trigger: ReactNode;
}
export function FilterPanel({ isOpen, onOpenChange, fields, trigger }: FilterPanelProps) {
  const { t } = useTranslation();
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      {trigger}
      <Popover
        aria-label={t('filter')}
        offset={4}
        placement="bottom start"
        className="appear w-80 max-w-[92vw] rounded-card border border-line bg-raised p-4 shadow-2"
      >
        <div className="flex flex-col gap-3">{fields()}</div>
      </Popover>
    </DialogTrigger>
  );
}
