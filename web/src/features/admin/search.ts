export interface AuditSearch {
  actor?: string;
  action?: string;
  kind?: string;
  service?: string;
  id?: string;
  from?: string;
  to?: string;
}
const fields = ['actor', 'action', 'kind', 'service', 'id', 'from', 'to'] as const;

export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  return Object.fromEntries(
    fields
      .map((field) => [field, search[field]] as const)
      .filter(([, value]) => typeof value === 'string' && value.length > 0 && value.length <= 100),
  );
}
