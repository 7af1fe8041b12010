import { useTranslation } from 'react-i18next';
import { creating } from '@/parts/commands';
import { Button } from '@/ui/button';
import { EmptyState } from '@/ui/states';

export function NoTasks() {
  const { t } = useTranslation('tasks');
  return (
    <EmptyState
      title={t('empty')}
      text={t('empty_text')}
      action={
        <Button variant="primary" onPress={() => creating.set({ what: 'task' })}>
          {t('new_title')}
        </Button>
      }
    />
  );
}
