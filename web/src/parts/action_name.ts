import { useTranslation } from 'react-i18next';

/** An action of the audit log in words. */
export function useActionName() {
  const { t, i18n } = useTranslation('admin');
  return (action: string) => {
    const key = action.replaceAll('.', '_');
    return i18n.exists(`admin:action.${key}`) ? t(`action.${key as 'crm_deal_created'}`) : action;
  };
}
