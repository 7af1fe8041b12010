export const Mark = () => (
  <span
    aria-hidden
    className="flex size-7 shrink-0 items-center justify-center rounded-control bg-accent text-on-accent"
  >
    <svg
      aria-hidden="true"
      viewBox="0 0 16 16"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
    >
      <path d="M3 4h10M3 8h10M3 12h6" />
    </svg>
  </span>
);
export const Logo = () => (
  <span className="flex items-center gap-2.5 text-head font-semibold">
    <Mark />
    Bordero
  </span>
);
