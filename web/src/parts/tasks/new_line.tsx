import { useTranslation } from 'react-i18next';
import { Button } from '@/ui/button';
import { cx } from '@/ui/cx';
import { LineField, Templates, Unclear, Understood, useSendLine, useTaskLine } from './line_form';

interface NewLineProps {
  /** The deal that the tasks are of; with it the templates stand below the line. */
  dealId?: string;
  className?: string;
}
/** The line over tasks: Enter makes one. */
export function NewLine({ dealId, className }: NewLineProps) {
  const { t } = useTranslation('common');
  const line = useTaskLine(dealId);
  const sending = useSendLine(line, () => {});
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        sending.send();
      }}
      className={cx('flex flex-col gap-2', className)}
    >
      <LineField
        line={line}
        error={sending.refused}
        after={
          <Button variant="primary" type="submit" isPending={sending.busy}>
            {t('add')}
          </Button>
        }
      />
      <Understood line={line} />
      <Unclear line={line} />
      {dealId && <Templates line={line} />}
    </form>
  );
}
