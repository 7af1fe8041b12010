import type { FormEvent, ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Button, IconButton, type Variant } from './button';
import { cx } from './cx';
import { Close } from './icons';
import { holdsUnread } from './unread';

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
  wide?: boolean;
  /** A click outside does not close what has typed text in it. */
  keep?: boolean;
}
export function Dialog({ title, onClose, children, wide, keep }: DialogProps) {
  const { t } = useTranslation();
  return (
    <ModalOverlay
      isOpen
      isDismissable={!keep}
      onOpenChange={(open) => !open && onClose()}
      className="fixed inset-0 z-40 flex items-center justify-center bg-veil p-4 max-md:items-end max-md:p-0"
      data-modal
    >
      <Modal
        className={cx(
          'appear flex max-h-full w-full flex-col overflow-hidden rounded-panel border border-line bg-raised shadow-2 max-md:max-h-[94dvh] max-md:rounded-b-none',
          wide ? 'max-w-3xl' : 'max-w-md',
        )}
      >
        <AriaDialog className="flex min-h-0 flex-col outline-none">
          <header className="flex items-center justify-between gap-2 px-5 pt-4 pb-1">
            <Heading slot="title" level={2} className="text-title">
              {title}
            </Heading>
            <IconButton label={t('close')} onPress={onClose}>
              <Close />
            </IconButton>
          </header>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export const DialogBody = ({ children }: { children: ReactNode }) => (
  <div className="flex min-h-0 flex-col gap-3 overflow-auto px-5 py-3">{children}</div>
);
export const DialogFoot = ({ children }: { children: ReactNode }) => (
  <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">
    {children}
  </footer>
);

interface FormDialogProps extends Omit<DialogProps, 'children'> {
  submit: string;
  tone?: Variant;
  busy?: boolean;
  children: ReactNode;
  onSubmit: () => void;
  extra?: ReactNode;
  problem?: string | undefined;
}
export function FormDialog(props: FormDialogProps) {
  const { submit, tone = 'primary', busy, children, onSubmit, extra, problem, ...dialog } = props;
  const { t } = useTranslation();
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!holdsUnread(event.currentTarget as HTMLElement)) onSubmit();
  };
  return (
    <Dialog {...dialog} keep>
      <form onSubmit={send} noValidate className="flex min-h-0 flex-col">
        <DialogBody>
          {children}
          {problem && (
            <p role="alert" className="text-bad">
              {problem}
            </p>
          )}
        </DialogBody>
        <DialogFoot>
          {extra}
          <Button onPress={dialog.onClose}>{t('cancel')}</Button>
          <Button variant={tone} type="submit" isPending={busy ?? false}>
            {submit}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
