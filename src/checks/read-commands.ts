/** The simple commands of a shell's line as lists of words. Nothing is expanded; what the shell would refuse is read as far as it goes. */
export function readCommands(line: string): readonly (readonly string[])[] {
  const commands: string[][] = [];
  let words: string[] = [];
  const end = () => {
    const command = withoutPrefix(words);
    if (command.length > 0) commands.push(command);
    words = [];
  };
  for (const { word, isOperator } of tokens(line.slice(0, maxLetters))) {
    if (isOperator) end();
    else words.push(word);
  }
  end();
  return commands;
}

/** More than anyone types. */
const maxLetters = 16 * 1024;

interface Token {
  readonly word: string;
  readonly isOperator: boolean;
}

function* tokens(line: string): Generator<Token> {
  let word: string | undefined;
  const joined = line.replaceAll(/\\\r?\n/g, "");
  for (const [part] of joined.matchAll(parts)) {
    const isRedirection = /^&?[<>]/.test(part);
    const isOperator = !isRedirection && (/^[;&|()\n]/.test(part) || (part.startsWith("#") && word === undefined));
    const isSpace = /^[ \t]/.test(part);
    if (!isSpace && !isOperator && !isRedirection) {
      word = (word ?? "") + unquoted(part);
      continue;
    }
    if (word !== undefined) yield { word, isOperator: false };
    word = undefined;
    if (!isSpace) yield { word: part, isOperator };
  }
  if (word !== undefined) yield { word, isOperator: false };
}

/** Spaces, redirections, operators, comments, quoted parts, escaped letters and everything else. */
const parts =
  /[ \t]+|&?>>?&?|<<?-?|\n+|&&|\|\||[;&|()]|#[^\n]*|'[^']*'?|"(?:\\[^]|[^"\\])*"?|\\[^]?|[^\s;&|()<>'"\\#]+|[^]/g;

function unquoted(part: string): string {
  if (part.startsWith("'")) return part.replaceAll("'", "");
  if (part.startsWith('"'))
    return part
      .replace(/^"/, "")
      .replace(/(?<!\\)"$/, "")
      .replaceAll(/\\(["\\$`])/g, "$1");
  return part.startsWith("\\") ? part.slice(1) : part;
}

/** What stands before a program without being it: `A=b sudo docker ps` runs `docker`. */
function withoutPrefix(words: readonly string[]): string[] {
  const at = words.findIndex(
    (word) => !/^(?:[A-Za-z_]\w*=.*|sudo|time|command|exec|!|\{|then|do|if|while)$/s.test(word),
  );
  return at < 0 ? [] : words.slice(at);
}
