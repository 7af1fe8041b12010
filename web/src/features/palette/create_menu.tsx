import { useTranslation } from 'react-i18next';
import { Menu, type MenuProps } from '@/ui/menu';
import { useCreations } from './use_creations';

/** The «+» of a phone: what there are keys for elsewhere. */
export function CreateMenu(props: Omit<MenuProps, 'label' | 'actions'>) {
  const { t } = useTranslation();
  const actions = useCreations().map(({ id, label, icon, run }) => ({ id, label, icon, run }));
  return <Menu {...props} label={t('create')} actions={actions} />;
}
