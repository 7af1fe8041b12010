import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Invitation } from '@/lib/data/people';
import { lazy } from '@/lib/lazy';
import { ListPage } from '@/parts/list/list_page';
import { Button } from '@/ui/button';
import { Plus } from '@/ui/icons';
import { AdminTabs } from './admin_tabs';
import { type Asked, useUserList } from './user_list';

const BlockUser = lazy(() =>
  import('./block_user').then(({ BlockUser }) => ({ default: BlockUser })),
);
const EditUser = lazy(() => import('./edit_user').then(({ EditUser }) => ({ default: EditUser })));
const InviteUser = lazy(() =>
  import('./invite_user').then(({ InviteUser }) => ({ default: InviteUser })),
);
const ShownLink = lazy(() =>
  import('./shown_link').then(({ ShownLink }) => ({ default: ShownLink })),
);

export function UsersPage() {
  const { t } = useTranslation('admin');
  const [inviting, setInviting] = useState(false);
  const [invitation, setInvitation] = useState<Invitation>();
  const [asked, setAsked] = useState<Asked>();
  return (
    <ListPage
      list={useUserList({ onAsk: setAsked, onInvitation: setInvitation })}
      above={<AdminTabs current="users" />}
      actions={
        <Button variant="primary" icon={<Plus />} onPress={() => setInviting(true)}>
          {t('invite')}
        </Button>
      }
    >
      <Suspense>
        {inviting && (
          <InviteUser
            onClose={() => setInviting(false)}
            onDone={(made) => {
              setInviting(false);
              setInvitation(made);
            }}
          />
        )}
        {invitation && (
          <ShownLink invitation={invitation} onClose={() => setInvitation(undefined)} />
        )}
        {asked?.what === 'edit' && (
          <EditUser user={asked.user} onClose={() => setAsked(undefined)} />
        )}
        {asked?.what === 'block' && (
          <BlockUser user={asked.user} onClose={() => setAsked(undefined)} />
        )}
      </Suspense>
    </ListPage>
  );
}
