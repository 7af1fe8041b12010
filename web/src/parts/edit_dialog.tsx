import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '@/ui/dialog';
import { useUnsavedGuard } from './conflict';

interface EditDialogProps {
  title: string;
  form: { dirty: boolean; problem: string | undefined };
  busy: boolean;
  onClose: () => void;
  onSubmit: () => void;
  wide?: boolean;
  children: ReactNode;
}
/** The form that changes a record: it says what is not saved yet, and asks before that is lost. */
export function EditDialog({
  title,
  form,
  busy,
  onClose,
  onSubmit,
  wide,
  children,
}: EditDialogProps) {
  const { t } = useTranslation();
  const guard = useUnsavedGuard(form.dirty, onClose);
  return (
    <FormDialog
      title={title}
      submit={t('save')}
      onClose={guard.close}
      onSubmit={onSubmit}
      busy={busy}
      problem={form.problem}
      extra={form.dirty && <span className="mr-auto text-warn">{t('unsaved')}</span>}
      wide={wide ?? false}
    >
      {children}
      {guard.question}
    </FormDialog>
  );
}
