import { useEffect, useState } from "preact/hooks";

/** Whether any of the element is in the window, so that a picture far down a page asks nothing. */
export function useIsSeen(place: { readonly current: Element | null }): boolean {
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    if (place.current === null) return;
    const observer = new IntersectionObserver((entries) => setSeen(entries.at(-1)?.isIntersecting === true));
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [place]);
  return isSeen;
}
