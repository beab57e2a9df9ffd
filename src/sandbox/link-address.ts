/** Where a link that the guest printed leads: `inside` the machine, which this browser cannot reach, or nowhere allowed. */
export function addressKind(address: string): "web" | "inside" | "other" {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol)) return "other";
  const isInside =
    /^(localhost|.*\.localhost|.*\.internal|0\.0\.0\.0|127\..*|10\..*|192\.168\..*|169\.254\..*|\[.*\])$/.test(
      url.hostname,
    ) ||
    /^172\.(1[6-9]|2\d|3[01])\./.test(url.hostname) ||
    !url.hostname.includes(".");
  return isInside ? "inside" : "web";
}
