import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { templatesQuery, useArchiveTemplate } from '@/lib/data/task_templates';
import { lazy } from '@/lib/lazy';
import { toastFailure } from '@/lib/messages';
import { toast } from '@/lib/toast';
import { may, type TaskTemplate } from '@/lib/types';
import { creating } from '@/parts/commands';
import { PageHead } from '@/parts/page';
import { Priority } from '@/parts/tasks/bits';
import { Button, IconButton } from '@/ui/button';
import { Chip } from '@/ui/chip';
import { More, Plus } from '@/ui/icons';
import { Menu, type MenuAction } from '@/ui/menu';
import { EmptyState, ErrorState, RowsSkeleton } from '@/ui/states';

const EditTemplate = lazy(() =>
  import('./edit_template').then(({ EditTemplate }) => ({ default: EditTemplate })),
);
const ConfirmArchive = lazy(() =>
  import('./edit_template').then(({ ConfirmArchive }) => ({ default: ConfirmArchive })),
);

type Asked =
  | { what: 'edit'; template?: TaskTemplate }
  | { what: 'archive'; template: TaskTemplate };

/** The agency's templates and one's own: begun from, changed, removed. */
export function TemplatesPage() {
  const { t } = useTranslation('tasks');
  const { data, error, refetch } = useQuery(templatesQuery);
  const [asked, setAsked] = useState<Asked>();
  const archive = useArchiveTemplate();
  const close = () => setAsked(undefined);
  const templates = data?.task_templates;
  const remove = (template: TaskTemplate) =>
    archive.mutate(template, {
      onSuccess: () => {
        toast(t('template_archived'));
        close();
      },
      onError: toastFailure,
    });
  return (
    <>
      <PageHead
        title={t('templates_title')}
        note={
          <Link to="/tasks" className="hover:underline">
            {t('title')}
          </Link>
        }
        actions={
          <Button variant="primary" icon={<Plus />} onPress={() => setAsked({ what: 'edit' })}>
            {t('template_new')}
          </Button>
        }
      />
      <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-8 max-md:px-4">
        <p className="mb-3 max-w-2xl text-ink2">{t('templates_text')}</p>
        {error && !templates && <ErrorState failure={error} onRetry={() => void refetch()} />}
        {!templates && !error && <RowsSkeleton />}
        {templates?.length === 0 && <EmptyState title={t('templates_empty')} />}
        <ul className="max-w-4xl divide-y divide-line border-y border-line empty:border-0">
          {templates?.map((template) => (
            <Row key={template.id} template={template} onAsk={setAsked} />
          ))}
        </ul>
      </div>
      <Suspense>
        {asked?.what === 'edit' && <EditTemplate template={asked.template} onClose={close} />}
        {asked?.what === 'archive' && (
          <ConfirmArchive
            template={asked.template}
            busy={archive.isPending}
            onConfirm={() => remove(asked.template)}
            onClose={close}
          />
        )}
      </Suspense>
    </>
  );
}

function Row({ template, onAsk }: { template: TaskTemplate; onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation(['tasks', 'common']);
  const { name, subject, shared, code, due_in_days, priority } = template;
  const actions: MenuAction[] = [
    ...(may(template, 'update')
      ? [
          {
            id: 'edit',
            label: t('common:edit'),
            run: () => onAsk({ what: 'edit', template }),
          },
        ]
      : []),
    ...(may(template, 'archive')
      ? [
          {
            id: 'archive',
            label: t('tasks:template_archive'),
            bad: true,
            run: () => onAsk({ what: 'archive', template }),
          },
        ]
      : []),
  ];
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2.5">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{name}</span>
          <Chip tone={shared ? 'info' : 'idle'}>
            {t(`tasks:template_shared_is.${shared ? 'shared' : 'own'}`)}
          </Chip>
          <Priority task={{ priority: priority ?? 'normal' }} />
        </p>
        <p className="break-words text-small text-ink2">
          {[
            subject !== name && subject,
            due_in_days !== undefined &&
              (due_in_days === 0
                ? t('tasks:template_due_today')
                : t('tasks:template_due_days', { count: due_in_days })),
            code && t('tasks:template_by_rule'),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <Button onPress={() => creating.set({ what: 'task', template: template.id })}>
        {t('tasks:template_use')}
      </Button>
      {actions.length > 0 ? (
        <Menu
          label={t('tasks:actions')}
          trigger={
            <IconButton label={t('tasks:actions')}>
              <More />
            </IconButton>
          }
          actions={actions}
        />
      ) : (
        <span className="w-8 max-md:hidden" />
      )}
    </li>
  );
}
