import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { currentSession, resume } from '@/lib/session';
import { Logo } from '@/ui/logo';
import { SignInForm } from './sign_in_form';

/** Opaque: what lies under it belongs to somebody who is signed in. It stays mounted, so typed text stays. */
export function SignInOver() {
  const { t } = useTranslation('auth');
  return (
    <ModalOverlay
      isOpen
      isKeyboardDismissDisabled
      className="fixed inset-0 z-50 flex items-center justify-center bg-canvas p-5"
      data-modal
    >
      <Modal className="w-full max-w-sm rounded-panel border border-line bg-raised p-7 shadow-2">
        <Dialog className="outline-none">
          <Logo />
          <Heading slot="title" level={2} className="mt-5 text-record">
            {t('title')}
          </Heading>
          <p className="mt-1 mb-5 text-ink2">{t('expired')}</p>
          <SignInForm email={currentSession()?.user.email} onDone={resume} />
          <a
            href="/sign-in"
            className="mt-4 inline-flex min-h-6 items-center text-accent-ink hover:underline"
          >
            {t('other_person')}
          </a>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
