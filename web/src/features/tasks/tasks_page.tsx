import { Link } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { lazy } from '@/lib/lazy';
import { creating } from '@/parts/commands';
import { ListPage } from '@/parts/list/list_page';
import { TaskDialogs } from '@/parts/tasks/actions';
import { Button, buttonClass } from '@/ui/button';
import { Plus } from '@/ui/icons';
import { usePhone } from '@/ui/media';
import { useTaskList } from './task_list';

const NewLine = lazy(() =>
  import('@/parts/tasks/new_line').then(({ NewLine }) => ({ default: NewLine })),
);

export function TasksPage() {
  const { t } = useTranslation('tasks');
  const phone = usePhone();
  const create = !phone && (
    <>
      <Link to="/tasks/templates" className={buttonClass('quiet')}>
        {t('templates')}
      </Link>
      <Button icon={<Plus />} onPress={() => creating.set({ what: 'task' })}>
        {t('new')}
      </Button>
    </>
  );
  return (
    <ListPage
      list={useTaskList()}
      actions={create}
      above={
        <Suspense fallback={<div className="h-[62px] coarse:h-[74px]" />}>
          <NewLine className="px-5 pb-2 max-md:px-4" />
        </Suspense>
      }
    >
      <TaskDialogs />
    </ListPage>
  );
}
