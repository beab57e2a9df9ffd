import { expect, it } from "vitest";
import { splitCommands } from "../../../src/authoring/import/split-commands.ts";

/** Each row has what is between `---` as one piece. */
it.each([
  ["one command", "docker ps"],
  ["several", "docker ps\n---\ndocker images\n---\nls"],
  ["one on a line", "cd app; ls && pwd"],
  ["one that goes on", "docker run \\\n  --rm \\\n  busybox\n---\nls"],
  ["one that goes on behind an operator", "docker ps |\n  grep web &&\n\n  ls ||\n  pwd\n---\nls"],
  ["quotes", "echo 'a\nb'\n---\necho \"c\n$(date\n)\"\n---\nls"],
  ["a here-document", "cat > f <<EOF\nif x\nls 'a\nEOF\n---\nls"],
  ["here-documents in one command", "cat <<A - <<-'B C'\na\nA\n\tb\n\tB C\n---\nls"],
  ["an if", "if [ -f a ]; then\n  ls\nelse\n  pwd\nfi\n---\nls"],
  [
    "loops",
    "for a in 1 2; do\n  echo $a\ndone\n---\nwhile true\ndo\n  ls\ndone &\n---\nuntil ls; do sleep 1; done\n---\nls",
  ],
  ["one in another", "for a in 1; do\n  if ls; then\n    pwd\n  fi\ndone\n---\nls"],
  ["a case", "case $a in\n  1) ls ;;\n  (2) if ls; then pwd; fi ;;\nesac\n---\nls"],
  ["groups", "(\n  cd a\n  ls\n)\n---\n{\n  ls\n  pwd\n} > f\n---\nls"],
  ["functions", "f() {\n  ls\n}\n---\nfunction g {\n  ls\n}\n---\nf"],
  ["a substitution", "docker rm $(\n  docker ps -aq\n)\n---\nls"],
  ["words that are no keywords here", "echo if for case { do\n---\ngrep done f\n---\nls"],
  ["a comment, which stays with what it is about", "# First\ndocker ps # now\n---\n# Then\n# this\nls\n# At the end."],
  ["what goes on in the background", "sleep 10 &\n---\nls"],
  ["commands of odd names", "constructor\n---\ntoString"],
  ["what never ends", "cat <<EOF\na\nb"],
  ["a quote that never ends", "echo 'a\nls"],
  ["only a comment", "# nothing"],
])("%s", (_, pieces) => {
  const wanted = pieces.split("\n---\n");
  expect(splitCommands(wanted.join("\n"))).toEqual(wanted);
});

it("leaves out empty lines between commands, and takes lines as Windows ends them", () => {
  expect(splitCommands("\n\ndocker ps\n\n  \n  ls  \n\n")).toEqual(["docker ps", "  ls"]);
  expect(splitCommands("docker ps\r\nls \\\r\n  -l\r\n")).toEqual(["docker ps", "ls \\\r\n  -l"]);
  expect(splitCommands(" \n")).toEqual([]);
});
