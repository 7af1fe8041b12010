import { useTranslation } from 'react-i18next';
import type { LayoutOf } from '@/parts/list/types';
import { CalendarIcon } from '@/ui/icons';

/** The calendar among the layouts of a list; what it draws comes lazily. */
export function useCalendarLayout(draw: LayoutOf['draw']): LayoutOf {
  const { t } = useTranslation('list');
  return { id: 'calendar', label: t('calendar'), icon: <CalendarIcon />, draw };
}
