/** How a batch answers: a result for each record, and the items that put back what was changed. */
export interface BatchAnswer<Item> {
  results?: { id?: string; ok?: boolean; code?: string }[];
  undo?: Item[];
}
export interface BatchResult {
  id: string;
  ok: boolean;
  code?: string | undefined;
}
/** What came back, record by record. */
interface Returned {
  results?: { ok?: boolean | undefined }[] | undefined;
}
export interface BatchDone {
  results: BatchResult[];
  /** Puts back all that was changed; absent where the domain knows no way back. */
  undo?: (() => Promise<Returned>) | undefined;
}

export function batchDone<Item>(
  { results = [], undo = [] }: BatchAnswer<Item>,
  send: (items: Item[]) => Promise<BatchDone>,
): BatchDone {
  return {
    results: results.map(({ id = '', ok = false, code }) => ({ id, ok, code })),
    ...(undo.length > 0 && { undo: () => send(undo) }),
  };
}
