import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Deal } from '@/lib/types';
import { FormDialog } from '@/ui/dialog';
import { TextArea } from '@/ui/field';
import { PersonSelect } from './person_select';
import { rolesOf } from './rights';

interface ReasonDialogProps {
  deal: Deal;
  onClose: () => void;
  onAnswer: (reason: string) => void;
}
export function ReasonDialog({ deal, onClose, onAnswer }: ReasonDialogProps) {
  const { t } = useTranslation('deals');
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  return (
    <FormDialog
      title={t('closing_title', { title: deal.title })}
      submit={t('close_submit')}
      tone="danger"
      onClose={onClose}
      onSubmit={() => (reason.trim() ? onAnswer(reason.trim()) : setMissing(true))}
    >
      <p className="text-ink2">{t('closing_text')}</p>
      <TextArea
        label={t('reason')}
        value={reason}
        onChange={(text) => {
          setReason(text);
          setMissing(false);
        }}
        placeholder={t('reason_hint')}
        error={missing ? t('reason_required') : undefined}
        maxLength={500}
        autoFocus
      />
    </FormDialog>
  );
}

interface ExecutorDialogProps {
  onClose: () => void;
  onAnswer: (id: string) => void;
}
export function ExecutorDialog({ onClose, onAnswer }: ExecutorDialogProps) {
  const { t } = useTranslation('deals');
  const [id, setId] = useState<string>();
  const [missing, setMissing] = useState(false);
  return (
    <FormDialog
      title={t('executor_title')}
      submit={t('executor_submit')}
      onClose={onClose}
      onSubmit={() => (id ? onAnswer(id) : setMissing(true))}
    >
      <p className="text-ink2">{t('executor_text')}</p>
      <PersonSelect
        label={t('executor')}
        roles={rolesOf.executor}
        value={id}
        onChange={(chosen) => {
          setId(chosen);
          setMissing(false);
        }}
        error={missing ? t('executor_required') : undefined}
        autoFocus
      />
    </FormDialog>
  );
}
