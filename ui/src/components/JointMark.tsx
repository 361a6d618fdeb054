import './joint-mark.css';

type Props = { size?: number; apart?: boolean };

/** The mark of the house: a tenon and its mortise, joined, or apart where something is missing. */
export function JointMark({ size = 26, apart = false }: Props) {
  const gap = apart ? 5 : 0;
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false">
      <path
        d="M2 5h14v6h-6v10h6v6H2z"
        fill="var(--wood-a)"
        transform={`translate(${-gap / 2} 0)`}
      />
      <path
        d="M30 5H18v7h-6v8h6v7h12z"
        fill="var(--wood-b)"
        transform={`translate(${gap / 2} 0)`}
      />
    </svg>
  );
}
