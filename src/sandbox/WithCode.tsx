/** A sentence in which what stands between backticks is code. */
export function WithCode({ words }: { words: string }) {
  return <>{words.split("`").map((part, n) => (n % 2 === 1 ? <code key={n}>{part}</code> : part))}</>;
}
