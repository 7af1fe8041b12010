/** How every field looks, whoever draws it. */
export const inputClass =
  'w-full min-w-0 rounded-control border border-line-strong bg-surface px-2.5 text-ink ' +
  'off:opacity-60 data-[invalid]:border-bad coarse:text-[16px]';
export const labelClass = 'text-small text-ink2';
