import { previewHostWords } from "../words/preview-host.ts";
import { consoleScript } from "./preview-path.ts";

/** An answer that says, instead of the server, why there is none. A page is in words and markup, all else in words. */
export function failurePage(status: number, words: string, { isPage }: { isPage: boolean }): Response {
  const headers = { "Content-Type": `text/${isPage ? "html" : "plain"};charset=utf-8`, "Cache-Control": "no-store" };
  return new Response(isPage ? page(words) : `${words}\n`, { status, headers });
}

function page(words: string): string {
  const escaped = words.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <script src="${consoleScript}"></script>
    <meta name="viewport" content="width=device-width">
    <title>${previewHostWords.title}</title>
    <style>
      :root { color-scheme: light dark; }
      body { display: grid; min-height: 80vh; margin: 0; padding: 1.5rem; font: 1rem/1.55 system-ui, sans-serif; place-items: center; }
      p { max-width: 32rem; }
    </style>
  </head>
  <body>
    <main><p>${escaped}</p></main>
  </body>
</html>
`;
}
