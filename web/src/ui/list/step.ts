/** Moves focus to the row before or after; rows out of sight come with the scroll. */
export function stepRow(from: Element, by: 1 | -1): HTMLElement | undefined {
  let next = from;
  do {
    const sibling = by === 1 ? next.nextElementSibling : next.previousElementSibling;
    if (!sibling) return undefined;
    next = sibling;
  } while (!(next instanceof HTMLElement && next.dataset.row));
  next.focus();
  return next;
}

/** Moves focus to the next cell of the row that can be edited; before the first stands the row. */
export function stepCell(from: HTMLElement, by: 1 | -1) {
  const row = from.closest<HTMLElement>('[data-row]');
  if (!row) return;
  const cells = [...row.querySelectorAll<HTMLElement>('[data-cell]')];
  const at = cells.indexOf(from);
  const next = at < 0 ? cells[0] : cells[at + by];
  if (next) next.focus();
  else if (by === -1) row.focus();
}
