import { type Dockerfile, DockerfileParser } from "dockerfile-ast";

/**
 * The file as `dockerfile-ast` reads it. To look for a byte order mark the parser takes the bytes of a character by Node's
 * `Buffer`, which pages do not have: they get a stand-in for as long as it parses.
 */
export function parseDockerfile(text: string): Dockerfile {
  const scope = globalThis as { Buffer?: unknown };
  if (scope.Buffer !== undefined) return DockerfileParser.parse(text);
  scope.Buffer = { from: (character: string) => new TextEncoder().encode(character) };
  try {
    return DockerfileParser.parse(text);
  } finally {
    delete scope.Buffer;
  }
}
