/** A printer beside what is printed; drawn, because few fonts have the sign. */
export const PrintMark = () => (
  <svg aria-hidden="true" width="1em" height="1em" viewBox="0 0 16 16" style={{ verticalAlign: '-0.125em' }}>
    <path
      d="M4 6V2h8v4M4 12H2V6h12v6h-2M4 10h8v4H4z"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinejoin="round"
    />
  </svg>
);
