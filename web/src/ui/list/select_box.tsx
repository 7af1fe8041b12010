import { cx } from '../cx';
import { Check } from '../icons';

interface SelectBoxProps {
  label: string;
  state: 'none' | 'some' | 'all';
  onToggle: (range: boolean) => void;
}
/** A checkbox of a row or of all rows; with Shift it takes everything in between. */
export function SelectBox({ label, state, onToggle }: SelectBoxProps) {
  return (
    <label className="relative flex size-6 items-center justify-center">
      <input
        type="checkbox"
        aria-label={label}
        checked={state === 'all'}
        ref={(box) => {
          if (box) box.indeterminate = state === 'some';
        }}
        onChange={(event) => onToggle((event.nativeEvent as MouseEvent).shiftKey === true)}
        onClick={(event) => event.stopPropagation()}
        className="peer absolute inset-0 m-0 opacity-0"
      />
      <span
        aria-hidden
        className={cx(
          'flex size-4 items-center justify-center rounded-[4px] border peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-accent',
          state === 'none'
            ? 'border-line-strong bg-surface'
            : 'border-accent bg-accent text-on-accent',
        )}
      >
        {state === 'all' && <Check />}
        {state === 'some' && <span className="h-0.5 w-2 bg-current" />}
      </span>
    </label>
  );
}
