import { type ReactNode, useState } from 'react';
import { conflicts } from '@/lib/diff';
import { Problem } from '@/lib/http';
import { Conflict, type FieldWords } from './conflict';

interface RevisionOf<R, F extends object> extends FieldWords {
  /** As it was when the form opened. */
  record: R;
  /** What the form changes of it. */
  fieldsOf: (record: R) => F;
  /** As it is now. */
  fresh: () => Promise<R>;
  /** Saves over a state of the record. */
  send: (fields: Partial<F>, over: R) => Promise<unknown>;
  onSaved: () => void;
  onFailed: (failure: unknown) => void;
  onClose: () => void;
}
/**
 * The saving of a form that changes a record. When somebody else was first, what both changed is
 * shown side by side, all other fields merge by themselves.
 */
export function useRevision<R, F extends object>(asked: RevisionOf<R, F>) {
  const { fieldsOf, fresh, send, onSaved, onFailed, onClose, nameOf, show } = asked;
  const [base] = useState(asked.record);
  const [busy, setBusy] = useState(false);
  const [met, setMet] = useState<{ mine: Partial<F>; theirs: R }>();
  const meet = async (mine: Partial<F>): Promise<void> => {
    const theirs = await fresh();
    if (conflicts(mine, fieldsOf(base), fieldsOf(theirs)).length > 0) setMet({ mine, theirs });
    else await put(mine, theirs);
  };
  const put = async (fields: Partial<F>, over: R): Promise<void> => {
    if (Object.keys(fields).length === 0) return onSaved();
    try {
      await send(fields, over);
    } catch (failure) {
      if (failure instanceof Problem && failure.status === 412) return meet(fields);
      setMet(undefined);
      return onFailed(failure);
    }
    onSaved();
  };
  const save = (fields: Partial<F>, over: R = base) => {
    setBusy(true);
    put(fields, over)
      .catch(onFailed)
      .finally(() => setBusy(false));
  };
  const conflict: ReactNode = met && (
    <Conflict
      mine={met.mine}
      base={fieldsOf(base)}
      theirs={fieldsOf(met.theirs)}
      busy={busy}
      onClose={onClose}
      onSave={(kept) => save(kept, met.theirs)}
      {...(nameOf && { nameOf })}
      {...(show && { show })}
    />
  );
  return { save, busy, conflict };
}
