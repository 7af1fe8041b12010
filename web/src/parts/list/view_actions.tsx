import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUpdateView } from '@/lib/data/views';
import { lazy } from '@/lib/lazy';
import { emptyView, isChanged, type ListSearch, viewKeys } from '@/lib/list/state';
import { toastFailure } from '@/lib/messages';
import { toast } from '@/lib/toast';
import { Button, IconButton } from '@/ui/button';
import { More, Plus } from '@/ui/icons';
import { Menu } from '@/ui/menu';
import type { ListOf } from './types';
import type { ListState } from './use_list';
import { viewOfState } from './use_views';

const dialogs = () => import('./view_dialogs');
const SaveView = lazy(() => dialogs().then(({ SaveView }) => ({ default: SaveView })));
const DeleteView = lazy(() => dialogs().then(({ DeleteView }) => ({ default: DeleteView })));

/** What leaves the address when the view stands for itself again. */
export const asSaved = Object.fromEntries(
  viewKeys.map((key) => [key, undefined]),
) as unknown as ListSearch;

interface ViewActionsProps<Row extends { id: string }> {
  list: ListOf<Row>;
  state: ListState<Row>;
}
/** Save, save as, reset: of a view that shows something else than what it keeps. */
export function ViewActions<Row extends { id: string }>({ list, state }: ViewActionsProps<Row>) {
  const { t } = useTranslation('list');
  const [asked, setAsked] = useState<'new' | 'rename' | 'delete'>();
  const update = useUpdateView();
  const { view, search } = state;
  const saved = view.saved;
  const changed = isChanged(view, search) || (saved && search.layout !== undefined);
  const kept = viewOfState({ ...emptyView, ...state.state }, list.fields);
  const save = () =>
    saved &&
    update.mutate(
      { id: view.id, version: saved.version, fields: kept },
      {
        onSuccess: () => {
          state.change(asSaved);
          toast(t('view_saved'));
        },
        onError: toastFailure,
      },
    );
  const close = () => setAsked(undefined);
  return (
    <div className="flex shrink-0 items-center gap-1 pr-4">
      {changed && (
        <span className="flex items-center gap-1 max-md:hidden">
          {saved?.mine && (
            <Button variant="quiet" className="text-accent-ink" onPress={save}>
              {t('view_save')}
            </Button>
          )}
          <Button variant="quiet" onPress={() => state.change(asSaved)}>
            {t('view_reset')}
          </Button>
        </span>
      )}
      {saved?.mine && (
        <Menu
          label={t('view_menu')}
          trigger={
            <IconButton label={t('view_menu')}>
              <More />
            </IconButton>
          }
          actions={[
            { id: 'rename', label: t('view_rename'), run: () => setAsked('rename') },
            { id: 'delete', label: t('view_delete'), bad: true, run: () => setAsked('delete') },
          ]}
        />
      )}
      {changed ? (
        <Button variant="quiet" className="text-accent-ink" onPress={() => setAsked('new')}>
          {t('view_save_as')}
        </Button>
      ) : (
        <IconButton label={t('view_new')} onPress={() => setAsked('new')}>
          <Plus />
        </IconButton>
      )}
      <Suspense>
        {asked === 'new' && (
          <SaveView
            resource={list.resource.name}
            fields={kept}
            onClose={close}
            onSaved={({ id }) => state.change({ ...asSaved, view: id })}
          />
        )}
        {asked === 'rename' && saved && (
          <SaveView
            resource={list.resource.name}
            fields={{}}
            known={{ id: view.id, name: view.label, ...saved }}
            onClose={close}
          />
        )}
        {asked === 'delete' && saved && (
          <DeleteView
            id={view.id}
            name={view.label}
            shared={saved.shared}
            onClose={close}
            onDeleted={() => state.change({ ...asSaved, view: undefined } as never)}
          />
        )}
      </Suspense>
    </div>
  );
}
