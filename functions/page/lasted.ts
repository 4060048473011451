/** How long something lasted: `45 s`, `12 min`, `2 h 50 min`; the same in English and Italian. */
export function lasted(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60 === 0 ? "" : ` ${minutes % 60} min`;
  return `${Math.floor(minutes / 60)} h${rest}`;
}
