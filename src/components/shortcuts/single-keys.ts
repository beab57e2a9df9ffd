const key = "drydock:single-keys";
let isOff = read();

/** Whether shortcuts of a single key work. */
export function areSingleKeysOn(): boolean {
  return !isOff;
}

export function chooseSingleKeys(areOn: boolean): void {
  isOff = !areOn;
  try {
    if (areOn) localStorage.removeItem(key);
    else localStorage.setItem(key, "off");
  } catch {
    // Storage may be refused; then the choice lasts as long as the page.
  }
}

function read(): boolean {
  try {
    return localStorage.getItem(key) === "off";
  } catch {
    return false;
  }
}
