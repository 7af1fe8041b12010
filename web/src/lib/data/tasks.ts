import {
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { api, body, ifMatch, Problem } from '../http';
import { type ListQuery, patchRows, type Resource, refreshLists } from '../list/resource';
import { toastFailure } from '../messages';
import type { ParsedTask, Task, TaskHistoryItem, TaskStatus } from '../types';
import { present } from './deals';

interface TaskPage {
  tasks?: Task[];
  next_page_token?: string;
  total_size?: number;
}
const listTasks = (query: ListQuery) =>
  body<TaskPage>(api.GET('/api/v1/tasks', { params: { query: present(query) } }));
const path = (id: string) => ({ path: { task_id: id } });

export const taskResource: Resource<Task> = {
  name: 'tasks',
  list: listTasks,
  get: (id) => body<Task>(api.GET('/api/v1/tasks/{task_id}', { params: path(id) })),
};

export const taskQuery = (id: string) =>
  queryOptions({
    queryKey: ['tasks', 'one', id],
    queryFn: () => body<Task>(api.GET('/api/v1/tasks/{task_id}', { params: path(id) })),
  });

/** A deal's tasks, the open ones first. */
export const dealTasksQuery = (dealId: string, open: boolean) =>
  infiniteQueryOptions({
    queryKey: ['tasks', 'list', 'deal', dealId, open],
    queryFn: ({ pageParam }) =>
      listTasks({
        filter: `deal_id = "${dealId}" AND open = ${open}`,
        order_by: open ? 'due' : 'updated_at desc',
        page_token: pageParam,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_page_token || undefined,
  });

export const taskHistoryQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['tasks', 'history', id],
    queryFn: ({ pageParam }) =>
      body<{ history?: TaskHistoryItem[]; next_page_token?: string }>(
        api.GET('/api/v1/tasks/{task_id}/history', {
          params: { ...path(id), query: present({ page_token: pageParam }) },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_page_token || undefined,
  });

/** What one typed line says, asked again as it is typed on. */
export const parsedTaskQuery = (text: string) =>
  queryOptions({
    queryKey: ['parsed_task', text],
    queryFn: () => body<ParsedTask>(api.POST('/api/v1/tasks/parse', { body: { text } })),
    enabled: text.trim() !== '',
    staleTime: 60_000,
  });

export function refreshTasks(client: QueryClient, task?: Task) {
  refreshLists(client, 'tasks');
  if (!task) return;
  void client.invalidateQueries({ queryKey: ['tasks', 'history', task.id] });
  if (task.deal_id) void client.invalidateQueries({ queryKey: ['deals', 'one', task.deal_id] });
}

/** What an answer says of a task, everywhere that it is shown. */
export function keepTask(client: QueryClient, task: Task) {
  patchRows<Task>(client, 'tasks', task.id, () => task);
  refreshTasks(client, task);
}

export interface NewTask {
  subject: string;
  description?: string;
  deal_id?: string | undefined;
  assignee_id?: string | undefined;
  due_on?: string | undefined;
  due_at?: string | undefined;
  priority?: Task['priority'] | undefined;
  recurrence?: Task['recurrence'];
  reminders?: { days?: number; minutes?: number }[];
}
export function useCreateTask() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (task: NewTask) =>
      body<Task>(api.POST('/api/v1/tasks', { body: present(task) as never })),
    onSuccess: (task) => refreshTasks(client, task),
  });
}

export const saveTask = (task: Task, fields: object) =>
  body<Task>(
    api.PATCH('/api/v1/tasks/{task_id}', {
      params: { ...path(task.id), header: ifMatch(task.version) },
      body: fields as never,
    }),
  );

function useSaved() {
  const client = useQueryClient();
  return {
    onSuccess: (task: Task) => keepTask(client, task),
    onError: (failure: unknown) => {
      const late = failure instanceof Problem && [404, 409, 412].includes(failure.status);
      if (late) void client.invalidateQueries({ queryKey: ['tasks'] });
      toastFailure(failure);
    },
  };
}

export function useUpdateTask() {
  return useMutation({
    mutationFn: ({ task, fields }: { task: Task; fields: object }) => saveTask(task, fields),
    ...useSaved(),
  });
}

export interface TaskMove {
  task: Task;
  status: TaskStatus;
  comment?: string | undefined;
  reason?: string | undefined;
}
export function useMoveTask() {
  const client = useQueryClient();
  const saved = useSaved();
  return useMutation({
    mutationFn: ({ task, status, comment, reason }: TaskMove) =>
      body<Task>(
        api.POST('/api/v1/tasks/{task_id}/transition', {
          params: path(task.id),
          body: { status, version: task.version, ...present({ comment, reason }) },
        }),
      ),
    onMutate: ({ task, status }) =>
      patchRows<Task>(client, 'tasks', task.id, (known) => ({ ...known, status })),
    ...saved,
    onError: (failure, moved) => {
      patchRows<Task>(client, 'tasks', moved.task.id, () => moved.task);
      saved.onError(failure);
    },
  });
}

export interface TaskBatch {
  assignee_id?: string;
  due_on?: string;
  postpone_days?: number;
  priority?: Task['priority'];
  status?: TaskStatus;
  reason?: string;
}
/** The same change of many; what it gives can be returned as a whole where statuses stay. */
export async function batchTasks(tasks: Task[], change: TaskBatch) {
  const send = (request: object) =>
    body<{ results?: { id: string; ok?: boolean; code?: string }[]; batch_id?: string }>(
      api.POST('/api/v1/tasks/batch', { body: request as never }),
    );
  const items = tasks.map(({ id, version }) => ({ id, version }));
  const { results = [], batch_id } = await send({ items, ...change });
  return {
    results: results.map(({ id, ok, code }) => ({ id, ok: ok === true, code })),
    undo: batch_id ? () => send({ undo: batch_id }) : undefined,
  };
}
