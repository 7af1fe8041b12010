import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { jobsQuery } from '@/lib/data/jobs';
import { type Payment, paymentQuery } from '@/lib/data/payments';
import { taskQuery } from '@/lib/data/tasks';
import { may, type Notification, type Task } from '@/lib/types';
import { JobDownload, JobState } from '@/parts/job_bits';
import { PaymentActions } from '@/parts/payment_actions';
import { dayText, moneyText, PaymentStatusChip } from '@/parts/payment_bits';
import { askAbout, NextStep, TaskDialogs, TaskMenu } from '@/parts/tasks/actions';
import { Priority, TaskDue, TaskStatusChip } from '@/parts/tasks/bits';
import { Button } from '@/ui/button';
import { Clock } from '@/ui/icons';
import { ErrorState, RowsSkeleton } from '@/ui/states';

/** The task, the payment or the export that a notification speaks of, with what may be done with it here. */
export function Subject({ notification }: { notification: Notification }) {
  const { kind, subject_type, subject_id } = notification;
  if (!subject_id) return null;
  if (subject_type === 'task') return <TaskInQuestion id={subject_id} />;
  if (subject_type === 'payment') return <PaymentInQuestion id={subject_id} />;
  if (kind === 'export_ready') return <ExportInQuestion id={subject_id} />;
  return null;
}

function TaskInQuestion({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(taskQuery(id));
  if (error && !data) return <ErrorState failure={error} onRetry={() => void refetch()} />;
  if (!data) return <RowsSkeleton rows={2} />;
  return (
    <>
      <TaskCard task={data} />
      <TaskDialogs />
    </>
  );
}

function TaskCard({ task }: { task: Task }) {
  const { t } = useTranslation('tasks');
  return (
    <section
      aria-label={t('subject')}
      className="flex flex-col gap-2 rounded-card border border-line bg-canvas p-4"
    >
      <h3 className="break-words text-head font-semibold">{task.subject}</h3>
      <p className="flex flex-wrap items-center gap-2">
        <TaskStatusChip status={task.status} />
        <TaskDue task={task} />
        <Priority task={task} />
        <span className="text-small text-ink2">{task.assignee_name}</span>
      </p>
      {task.description && <p className="whitespace-pre-wrap break-words">{task.description}</p>}
      {task.result_comment && <p className="break-words text-ink2">{task.result_comment}</p>}
      <div className="flex flex-wrap items-center gap-2">
        <NextStep task={task} />
        {may(task, 'postpone') && (
          <Button icon={<Clock />} onPress={() => askAbout('date', task)}>
            {t('postpone_task')}
          </Button>
        )}
        <TaskMenu task={task} />
      </div>
    </section>
  );
}

function PaymentInQuestion({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(paymentQuery(id));
  if (error && !data) return <ErrorState failure={error} onRetry={() => void refetch()} />;
  if (!data) return <RowsSkeleton rows={2} />;
  return <PaymentCard payment={data} />;
}

function PaymentCard({ payment }: { payment: Payment }) {
  const { t } = useTranslation('money');
  const about = [payment.counterparty, payment.policy_number, payment.insurer_name];
  return (
    <section
      aria-label={t('payment')}
      className="flex flex-col gap-2 rounded-card border border-line bg-canvas p-4"
    >
      <h3 className="text-head font-semibold">
        {t(`type_is.${payment.type}`)} ·{' '}
        <span className="tabular">{moneyText(payment.amount, true)}</span>
      </h3>
      <p className="text-ink2">{about.filter(Boolean).join(' · ')}</p>
      <p className="flex flex-wrap items-center gap-2">
        <PaymentStatusChip payment={payment} />
        <span className="tabular text-small text-ink2">{dayText(payment.planned_date)}</span>
      </p>
      <PaymentActions payment={payment} />
    </section>
  );
}

function ExportInQuestion({ id }: { id: string }) {
  const { t } = useTranslation('exports');
  const { data, error, refetch } = useQuery(jobsQuery);
  if (error && !data) return <ErrorState failure={error} onRetry={() => void refetch()} />;
  if (!data) return <RowsSkeleton rows={2} />;
  const job = data.find((known) => known.id === id);
  return (
    <section
      aria-label={t('title')}
      className="flex flex-wrap items-center gap-4 rounded-card border border-line bg-canvas p-4"
    >
      <div className="min-w-0 flex-1 basis-48">
        {job ? <JobState job={job} /> : <p className="text-ink2">{t('gone')}</p>}
      </div>
      {job && <JobDownload job={job} />}
    </section>
  );
}
