import { useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

/** Whether some of an element is in the window: what nobody sees needs no work. */
export function useOnScreen(place: RefObject<Element>): boolean {
  const isOnScreen = useSignal(false);
  useEffect(() => {
    if (place.current === null) return;
    const observer = new IntersectionObserver((entries) => {
      isOnScreen.value = entries.at(-1)?.isIntersecting ?? false;
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [place, isOnScreen]);
  return isOnScreen.value;
}
