import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clientQuery } from '@/lib/data/clients';
import { formatPhone } from '@/lib/text';
import { IconButton } from '@/ui/button';
import { Phone } from '@/ui/icons';
import { Menu, type MenuAction } from '@/ui/menu';
import { waysOf } from './ways';

/** Calls or writes to a client; who that is gets known when the menu opens. */
export function ReachMenu({ clientId }: { clientId: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { data, isPending } = useQuery({ ...clientQuery(clientId), enabled: open });
  const ways = waysOf(data?.contacts);
  const none = isPending ? t('loading') : t('reach.none');
  const actions: MenuAction[] = ways.map(({ kind, name, href, text }) => ({
    id: href,
    label: `${t(`reach.${kind}`)}: ${kind === 'call' ? formatPhone(text) : text}`,
    detail: name,
    run: () => (kind === 'telegram' ? window.open(href, '_blank', 'noopener') : go(href)),
  }));
  return (
    <Menu
      label={t('reach.title')}
      isOpen={open}
      onOpenChange={setOpen}
      trigger={
        <IconButton label={t('reach.title')}>
          <Phone />
        </IconButton>
      }
      actions={
        actions.length > 0 ? actions : [{ id: 'none', label: none, disabled: true, run: () => {} }]
      }
    />
  );
}

/** Opens the app that knows what to do with it. */
const go = (href: string) => location.assign(href);
