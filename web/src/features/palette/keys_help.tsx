import { useTranslation } from 'react-i18next';
import { Dialog, DialogBody } from '@/ui/dialog';
import { Kbd } from '@/ui/kbd';

const keys = {
  palette: 'Ctrl K',
  search: '/',
  create: 'C D, C K, C P, C T, C M',
  go: 'G S, G I, G D, G K, G P, G R, G T, G M',
  rows: 'J, K',
  peek: '␣',
  open: '↵',
  filter: 'F',
  view: 'V',
  status: 'S',
  postpone: 'H',
  composer: 'N',
  edit: 'E',
  tabs: '1…7',
  send: 'Ctrl ↵',
  alt_arrows: 'Alt ← →',
  undo: 'Ctrl Z',
  help: '?',
} as const;

export function KeysHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('keys_title')} onClose={onClose}>
      <DialogBody>
        <dl className="flex flex-col gap-1.5 pb-2">
          {(Object.keys(keys) as (keyof typeof keys)[]).map((name) => (
            <div key={name} className="flex items-start justify-between gap-4">
              <dt>{t(`keys.${name}`)}</dt>
              <dd className="flex flex-wrap justify-end gap-1">
                {keys[name].split(', ').map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </DialogBody>
    </Dialog>
  );
}
