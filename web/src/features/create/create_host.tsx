import { Suspense } from 'react';
import { lazy } from '@/lib/lazy';
import { useStore } from '@/lib/store';
import { creating } from '@/parts/commands';

const CreateDeal = lazy(() =>
  import('./create_deal').then(({ CreateDeal }) => ({ default: CreateDeal })),
);
const CreateClient = lazy(() =>
  import('./create_client').then(({ CreateClient }) => ({ default: CreateClient })),
);

const CreateTask = lazy(() =>
  import('./create_task').then(({ CreateTask }) => ({ default: CreateTask })),
);

const CreateOfDeal = lazy(() =>
  import('./create_of_deal').then(({ CreateOfDeal }) => ({ default: CreateOfDeal })),
);

/** Quick create, from anywhere. */
export function CreateHost() {
  const asked = useStore(creating);
  const close = () => creating.set(undefined);
  return (
    <Suspense>
      {asked?.what === 'deal' && <CreateDeal client={asked.client} onClose={close} />}
      {asked?.what === 'task' && (
        <CreateTask deal={asked.deal} template={asked.template} onClose={close} />
      )}
      {(asked?.what === 'payment' || asked?.what === 'policy') && (
        <CreateOfDeal what={asked.what} deal={asked.deal} onClose={close} />
      )}
      {asked?.what === 'client' && <CreateClient name={asked.name} onClose={close} />}
    </Suspense>
  );
}
