import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useUnsavedGuard } from '@/parts/conflict';
import {
  LineField,
  Templates,
  Unclear,
  Understood,
  useSendLine,
  useTaskLine,
} from '@/parts/tasks/line_form';
import { Button } from '@/ui/button';
import { FormDialog } from '@/ui/dialog';

interface CreateTaskProps {
  deal: { id: string; title: string } | undefined;
  template: string | undefined;
  onClose: () => void;
}
/** A task out of one line; what was understood stands below it. */
export function CreateTask({ deal, template, onClose }: CreateTaskProps) {
  const { t } = useTranslation(['tasks', 'common']);
  const navigate = useNavigate();
  const line = useTaskLine(deal?.id, template);
  const opens = useRef(false);
  const sending = useSendLine(line, (task) => {
    onClose();
    if (opens.current) void navigate({ to: '/tasks/$taskId', params: { taskId: task.id } });
  });
  const guard = useUnsavedGuard(line.text !== '', onClose);
  return (
    <FormDialog
      title={t('tasks:new_title')}
      submit={t('common:create')}
      onClose={guard.close}
      onSubmit={() => {
        opens.current = false;
        sending.send();
      }}
      busy={sending.busy}
      extra={
        <Button
          isDisabled={sending.busy}
          onPress={() => {
            opens.current = true;
            sending.send();
          }}
        >
          {t('common:create_open')}
        </Button>
      }
    >
      {deal && <p className="text-ink2">{deal.title}</p>}
      <LineField line={line} autoFocus error={sending.refused} />
      <Understood line={line} />
      <Unclear line={line} />
      <Templates line={line} />
      {guard.question}
    </FormDialog>
  );
}
