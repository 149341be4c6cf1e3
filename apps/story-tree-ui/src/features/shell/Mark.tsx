/** The sign of Story Tree: one stem, two ways on, leaves at their ends. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true" className="text-accent">
      <path
        d="M16 29V18M16 18C16 12.5 9 13.5 8.5 8M16 18c0-5.5 7-4.5 7.5-10"
        stroke="currentColor"
        strokeWidth="2.4"
        strokeLinecap="round"
      />
      <circle cx="8.5" cy="6" r="3.6" fill="currentColor" />
      <circle cx="23.5" cy="6" r="3.6" stroke="currentColor" strokeWidth="2.2" />
    </svg>
  );
}
