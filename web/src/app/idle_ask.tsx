import { useTranslation } from 'react-i18next';
import { Button } from '@/ui/button';
import { Dialog, DialogBody, DialogFoot } from '@/ui/dialog';

export function IdleAsk({ onHere }: { onHere: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('idle.title')} onClose={onHere}>
      <DialogBody>
        <p className="text-ink2">{t('idle.text')}</p>
      </DialogBody>
      <DialogFoot>
        <Button variant="primary" onPress={onHere}>
          {t('idle.here')}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
