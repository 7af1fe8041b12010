import { useTranslation } from 'react-i18next';
import { creating } from '@/parts/commands';
import { ListPage } from '@/parts/list/list_page';
import { TaskDialogs } from '@/parts/tasks/actions';
import { LineField, Unclear, Understood, useSendLine, useTaskLine } from '@/parts/tasks/line_form';
import { Button } from '@/ui/button';
import { Plus } from '@/ui/icons';
import { usePhone } from '@/ui/media';
import { useTaskList } from './task_list';

export function TasksPage() {
  const { t } = useTranslation('tasks');
  const phone = usePhone();
  const create = !phone && (
    <Button icon={<Plus />} onPress={() => creating.set({ what: 'task' })}>
      {t('new')}
    </Button>
  );
  return (
    <ListPage list={useTaskList()} actions={create} above={<NewLine />}>
      <TaskDialogs />
    </ListPage>
  );
}

/** The line over the list: Enter makes the task. */
function NewLine() {
  const { t } = useTranslation(['tasks', 'common']);
  const line = useTaskLine();
  const sending = useSendLine(line, () => {});
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        sending.send();
      }}
      className="flex flex-col gap-2 px-5 pb-2 max-md:px-4"
    >
      <LineField
        line={line}
        error={sending.refused}
        after={
          <Button variant="primary" type="submit" isPending={sending.busy}>
            {t('common:add')}
          </Button>
        }
      />
      <Understood line={line} />
      <Unclear line={line} />
    </form>
  );
}
