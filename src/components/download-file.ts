/** Hands a file to the browser's downloads. */
export function downloadFile(file: File): void {
  const anchor = document.createElement("a");
  anchor.href = URL.createObjectURL(file);
  anchor.download = file.name;
  anchor.click();
  // The browser reads it after the click; a minute is ample even for a slow disk.
  setTimeout(() => URL.revokeObjectURL(anchor.href), 60_000);
}
