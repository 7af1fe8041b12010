/**
 * Fields whose text was not understood carry `data-unread`. A form with one is not sent: it would
 * keep what stood there before. The field gets the focus; its word stands below it.
 */
export function holdsUnread(form: ParentNode | null | undefined): boolean {
  const input = form?.querySelector<HTMLElement>('[data-unread] input');
  input?.focus();
  return input != null;
}
