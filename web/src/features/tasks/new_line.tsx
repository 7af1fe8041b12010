import { useTranslation } from 'react-i18next';
import { LineField, Unclear, Understood, useSendLine, useTaskLine } from '@/parts/tasks/line_form';
import { Button } from '@/ui/button';

/** The line over the list: Enter makes the task. */
export function NewLine() {
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
