import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, body, ifMatch } from '../http';
import type { Task, TaskPriority, TaskTemplate } from '../types';
import { present } from './deals';

export const templatesQuery = queryOptions({
  queryKey: ['task_templates'],
  queryFn: () =>
    body<{ task_templates?: TaskTemplate[] }>(
      api.GET('/api/v1/task_templates', { params: { query: { page_size: 200 } } }),
    ),
});

export interface TemplateFields {
  shared?: boolean;
  name: string;
  subject: string;
  description: string | null;
  priority: TaskPriority;
  due_in_days: number | null;
  reminders: Partial<NonNullable<Task['reminders']>[number]>[];
}
const path = (id: string) => ({ path: { template_id: id } });

export function useSaveTemplate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({
      template,
      fields,
    }: {
      template: TaskTemplate | undefined;
      fields: Partial<TemplateFields>;
    }) =>
      template
        ? body<TaskTemplate>(
            api.PATCH('/api/v1/task_templates/{template_id}', {
              params: { ...path(template.id), header: ifMatch(template.version) },
              body: fields as never,
            }),
          )
        : body<TaskTemplate>(
            api.POST('/api/v1/task_templates', { body: present(fields) as never }),
          ),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['task_templates'] }),
  });
}

export function useArchiveTemplate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, version }: TaskTemplate) =>
      body<TaskTemplate>(
        api.POST('/api/v1/task_templates/{template_id}/archive', {
          params: path(id),
          body: { version },
        }),
      ),
    onSettled: () => void client.invalidateQueries({ queryKey: ['task_templates'] }),
  });
}
