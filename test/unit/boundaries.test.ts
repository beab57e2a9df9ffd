import { readdirSync } from "node:fs";
import { ESLint } from "eslint";
import { describe, expect, it } from "vitest";

const eslint = new ESLint();

describe("the boundaries of the design", () => {
  it.each([
    ["lessons do not import the engine", "src/lessons/model.ts", () => aFileOf("src/engine")],
    ["lessons do not import the machine's contract", "src/lessons/model.ts", () => "src/machine/contract.ts"],
    ["the engine does not import a machine's driver", () => aFileOf("src/engine"), () => aFileOf("src/machine/v86")],
    ["the engine does not import Node's modules", () => aFileOf("src/engine"), () => "node:fs"],
    ["checks do not import the page", () => aFileOf("src/checks"), () => aFileOf("src/sandbox")],
    ["checks do not import the machines", () => aFileOf("src/checks"), () => "src/machine/index.ts"],
    ["a driver does not import the page", () => aFileOf("src/machine/v86"), () => aFileOf("src/sandbox")],
    ["the machine's contract imports no driver", "src/machine/contract.ts", () => aFileOf("src/machine/v86")],
    ["the page does not import a driver", () => aFileOf("src/sandbox"), () => aFileOf("src/machine/v86")],
    ["the catalogue does not import a driver", () => aFileOf("src/catalogue"), () => aFileOf("src/machine/v86")],
    ["the catalogue does not import Node's modules", () => aFileOf("src/catalogue"), () => "node:fs"],
    ["what is said to other sites does not import the page", () => aFileOf("src/embed"), () => aFileOf("src/sandbox")],
    ["what is said to other sites does not import Node's modules", () => aFileOf("src/embed"), () => "node:fs"],
    ["the preview host does not import the page", () => aFileOf("src/preview"), () => aFileOf("src/sandbox")],
    [
      "what is kept for offline use does not import the page",
      () => aFileOf("src/offline"),
      () => aFileOf("src/sandbox"),
    ],
    ["what is kept for offline use does not import Node's modules", () => aFileOf("src/offline"), () => "node:fs"],
    ["downloads know nothing of the catalogue", () => aFileOf("src/download"), () => aFileOf("src/catalogue")],
    ["nothing imports tests", () => aFileOf("src/sandbox"), () => "test/run.ts"],
    ["the server does not import the page", () => aFileOf("src/server"), () => aFileOf("src/sandbox")],
    ["the server does not import a driver", () => aFileOf("src/server"), () => aFileOf("src/machine/v86")],
  ])("%s", async (_, from, to) => {
    expect(await boundaryErrors(typeof from === "string" ? from : from(), to())).toHaveLength(2);
  });

  it.each([
    ["the page takes machines from machine/index.ts", () => aFileOf("src/sandbox"), () => "src/machine/index.ts"],
    ["checks import the engine", () => aFileOf("src/checks"), () => aFileOf("src/engine")],
    ["checks import the lessons' model", () => aFileOf("src/checks"), () => "src/lessons/model.ts"],
    ["a driver imports the catalogue", () => aFileOf("src/machine/v86"), () => aFileOf("src/catalogue")],
    ["a driver imports the machine's contract", () => aFileOf("src/machine/v86"), () => "src/machine/contract.ts"],
  ])("%s", async (_, from, to) => {
    expect(await boundaryErrors(from(), to())).toEqual([]);
  });
});

/** The boundary errors of `from` if it imported `to` twice: for its type, and lazily for its value. */
async function boundaryErrors(from: string, to: string): Promise<string[]> {
  const specifier = to.startsWith("node:") ? to : `${"../".repeat(from.split("/").length - 1)}${to}`;
  const code = `import type * as A from "${specifier}";\nexport type B = typeof A;\nexport const c = import("${specifier}");\n`;
  const [result] = await eslint.lintText(code, { filePath: from });
  return (result?.messages ?? [])
    .filter(({ ruleId, fatal }) => fatal === true || ruleId?.startsWith("boundaries/") === true)
    .map(({ message }) => message);
}

function aFileOf(folder: string): string {
  const file = readdirSync(folder, { withFileTypes: true }).find(
    (entry) => entry.isFile() && /\.tsx?$/.test(entry.name),
  );
  if (file === undefined) throw new Error(`${folder} has no TypeScript file to test the boundaries with`);
  return `${folder}/${file.name}`;
}
