import { expect, it } from "vitest";
import { readCommands } from "../../src/checks/read-commands.ts";

it.each<[string, string[][]]>([
  ["docker run -v $(pwd):/app node", [["pwd"], ["docker", "run", "-v", "$(pwd):/app", "node"]]],
  ['docker run -v "$(pwd)":/app node', [["pwd"], ["docker", "run", "-v", "$(pwd):/app", "node"]]],
  ["docker run -v `pwd`:/app node", [["pwd"], ["docker", "run", "-v", "$(pwd):/app", "node"]]],
  [
    "docker rm $(docker ps -aq | head -n 1) web",
    [
      ["docker", "ps", "-aq"],
      ["head", "-n", "1"],
      ["docker", "rm", "$(docker ps -aq | head -n 1)", "web"],
    ],
  ],
  ['echo $(echo ")" $(date))', [["date"], ["echo", ")", "$(date)"], ["echo", '$(echo ")" $(date))']]],
  [
    'echo "in $(basename "$PWD") now"',
    [
      ["basename", "$PWD"],
      ["echo", 'in $(basename "$PWD") now'],
    ],
  ],
  ["echo '$(date)' \\$(", [["echo", "$(date)", "$"]]],
  ["echo $((1 + 2)) ${A:-b c}", [["echo", "$((1 + 2))", "${A:-b c}"]]],
  [
    "diff <(ls a) <(ls b)",
    [
      ["ls", "a"],
      ["ls", "b"],
      ["diff", "<(ls a)", "<(ls b)"],
    ],
  ],
  ["(cd a; ls) && pwd", [["cd", "a"], ["ls"], ["pwd"]]],
  ["cat > f <<EOF\ndocker ps\nEOF\nls", [["cat", "f", "EOF"], ["ls"]]],
  ["cat <<-'E O' | wc\n\tdocker ps\n\tE O\nls", [["cat", "E O"], ["wc"], ["ls"]]],
  ["cat <<< docker\nls", [["cat", "docker"], ["ls"]]],
  ["echo a\\\n  b 'c\nd' \"e\\\nf \\\" \\x\" a\\'b", [["echo", "a", "b", "c\nd", 'ef " \\x', "a'b"]]],
  ["echo 'a", [["echo", "a"]]],
  ['echo "a', [["echo", "a"]]],
  ["echo ''", [["echo", ""]]],
  ['echo "a\\"', [["echo", 'a"']]],
  ["echo a#b # c", [["echo", "a#b"]]],
  ["A=1 sudo docker ps 2>&1", [["docker", "ps", "2", "1"]]],
])("reads %j", (line, commands) => {
  expect(readCommands(line)).toEqual(commands);
});

it.each(["$(", "`", '"$(', "${", "$((", "<(", "'", "\\", "<<E\n", "(`\"'"])(
  "takes time in proportion to %j",
  (part) => {
    const start = performance.now();
    readCommands(part.repeat(100_000));
    expect(performance.now() - start).toBeLessThan(500);
  },
);
