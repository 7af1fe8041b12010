import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUpdateDeal } from '@/lib/data/deals';
import { same } from '@/lib/diff';
import { Problem } from '@/lib/http';
import { messageOf } from '@/lib/messages';
import { type Deal, type InsuredObject, may } from '@/lib/types';
import { Button } from '@/ui/button';
import { Pencil, Plus } from '@/ui/icons';
import { EmptyState } from '@/ui/states';
import { holdsUnread } from '@/ui/unread';
import { ObjectFields } from './object_fields';
import { ObjectView } from './object_view';

/** An object in the making keeps a key of its own: the contract gives it none. */
export interface Draft {
  key: number;
  object: InsuredObject;
}
let nextKey = 1;
export const draftOf = (object: InsuredObject): Draft => ({ key: nextKey++, object });

export function Objects({ deal }: { deal: Deal }) {
  const { t } = useTranslation(['deals', 'deal', 'common']);
  const [drafts, setDrafts] = useState<Draft[]>();
  const objects = deal.objects ?? [];
  const editable = deal.status !== 'closed' && may(deal, 'update');
  if (drafts) return <Editor deal={deal} drafts={drafts} onClose={() => setDrafts(undefined)} />;
  const edit = () => setDrafts(objects.map(draftOf));
  const add = () => setDrafts([...objects.map(draftOf), draftOf({ kind: 'vehicle' })]);
  if (objects.length === 0) {
    return (
      <EmptyState
        title={t('deal:object.empty')}
        text={t('deal:object.empty_text')}
        action={
          editable && (
            <Button variant="primary" icon={<Plus />} onPress={add}>
              {t('deal:object.add')}
            </Button>
          )
        }
      />
    );
  }
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-3">
      {objects.map((object, index) => (
        <ObjectView key={index} object={object} />
      ))}
      {editable && (
        <div className="flex gap-2">
          <Button icon={<Pencil />} onPress={edit}>
            {t('deals:objects_edit')}
          </Button>
          <Button icon={<Plus />} onPress={add}>
            {t('deal:object.add')}
          </Button>
        </div>
      )}
    </div>
  );
}

interface EditorProps {
  deal: Deal;
  drafts: Draft[];
  onClose: () => void;
}
function Editor({ deal, drafts: initial, onClose }: EditorProps) {
  const { t } = useTranslation(['deals', 'deal', 'common']);
  const [drafts, setDrafts] = useState(initial);
  const update = useUpdateDeal();
  const fields = useRef<HTMLDivElement>(null);
  const dirty = !same(
    drafts.map(({ object }) => object),
    deal.objects ?? [],
  );
  const save = () => {
    if (holdsUnread(fields.current)) return;
    update.mutate(
      {
        id: deal.id,
        version: deal.version,
        fields: { objects: drafts.map(({ object }) => trimmed(object)) },
      },
      { onSuccess: onClose },
    );
  };
  const stale = update.error instanceof Problem && update.error.status === 412;
  return (
    <div ref={fields} className="mx-auto flex max-w-3xl flex-col gap-3">
      {drafts.map((draft) => (
        <ObjectFields
          key={draft.key}
          object={draft.object}
          onChange={(object) =>
            setDrafts(drafts.map((item) => (item.key === draft.key ? { ...item, object } : item)))
          }
          onRemove={() => setDrafts(drafts.filter((item) => item.key !== draft.key))}
        />
      ))}
      <div>
        <Button
          icon={<Plus />}
          onPress={() => setDrafts([...drafts, draftOf({ kind: 'vehicle' })])}
        >
          {t('deal:object.add')}
        </Button>
      </div>
      {update.error && (
        <p role="alert" className="text-bad">
          {messageOf(update.error)}
        </p>
      )}
      <div className="sticky bottom-0 flex items-center gap-2 border-t border-line bg-surface py-3">
        <Button variant="primary" onPress={save} isPending={update.isPending}>
          {stale ? t('common:conflict_keep') : t('deals:objects_save')}
        </Button>
        <Button onPress={onClose}>{t('common:cancel')}</Button>
        {dirty && <span className="text-warn">{t('common:unsaved')}</span>}
      </div>
    </div>
  );
}

/** Empty fields are left out: the contract knows no empty values. */
function trimmed(object: InsuredObject): InsuredObject {
  return Object.fromEntries(
    Object.entries(object).filter(
      ([, value]) =>
        value !== '' && value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  ) as InsuredObject;
}
