import { useSignal } from "@preact/signals";
import { Terminal } from "@xterm/xterm";
import { useEffect } from "preact/hooks";
import { outputsWith, transcriptWith } from "../../lessons/recording-outputs.ts";
import type { RecordedStep, Recording } from "../../lessons/recording.ts";
import { recordingWords as words } from "../../words/recording.ts";
import { terminalTitle } from "./terminal-title.ts";

type Text =
  | { readonly kind: "making" | "failed" }
  | { readonly kind: "commands"; readonly outputs: ReadonlyMap<string, string> }
  | { readonly kind: "whole"; readonly text: string };

/** The recording as plain text: each step's commands and what they printed. Made when it is opened. */
export function RecordingText({ recording }: { recording: Recording }) {
  const isOpen = useSignal(false);
  const text = useSignal<Text>({ kind: "making" });
  useEffect(() => {
    if (!isOpen.value) return;
    let isWanted = true;
    makeText(recording).then(
      (made) => isWanted && (text.value = made),
      () => isWanted && (text.value = { kind: "failed" }),
    );
    return () => (isWanted = false);
  }, [recording, isOpen.value]);
  return (
    <details class="recording-text" onToggle={(event) => (isOpen.value = event.currentTarget.open)}>
      <summary>{words.asText}</summary>
      {isOpen.value && <Body text={text.value} steps={recording.header.drydock.steps} />}
    </details>
  );
}

function Body({ text, steps }: { text: Text; steps: readonly RecordedStep[] }) {
  switch (text.kind) {
    case "making":
      return <p role="status">{words.readingText}</p>;
    case "failed":
      return <p role="alert">{words.textFailed}</p>;
    case "whole":
      return (
        <pre role="region" aria-label={words.whole} tabIndex={0}>
          {text.text}
        </pre>
      );
    case "commands":
      return (
        <>
          {steps.map((step) => (
            <Step key={step.id} step={step} outputs={text.outputs} />
          ))}
        </>
      );
  }
}

function Step({ step, outputs }: { step: RecordedStep; outputs: ReadonlyMap<string, string> }) {
  return (
    <section>
      <h3>{step.title}</h3>
      {step.solution.map((action, n) => {
        if (action.type === "answer") return null;
        if (action.type === "file") {
          return (
            <div key={n}>
              <p>{words.file(action.path)}</p>
              <pre tabIndex={0} role="region" aria-label={words.file(action.path)}>
                {action.content}
              </pre>
            </div>
          );
        }
        const output = outputs.get(`${step.id} ${n}`) ?? "";
        return (
          <div key={n}>
            {action.terminal !== 1 && <p>{words.otherTerminal(terminalTitle(action.terminal))}</p>}
            <pre class="recording-command">
              <code>{action.command}</code>
            </pre>
            {output === "" ? (
              <p>{words.noOutput}</p>
            ) : (
              <pre tabIndex={0} role="region" aria-label={words.output(action.command.split("\n")[0] ?? "")}>
                {output}
              </pre>
            )}
          </div>
        );
      })}
    </section>
  );
}

async function makeText(recording: Recording): Promise<Text> {
  const open = (options: ConstructorParameters<typeof Terminal>[0]) => new Terminal(options);
  const outputs = await outputsWith(recording, open);
  const isOfLesson = outputs.size > 0 && recording.header.drydock.steps.length > 0;
  return isOfLesson ? { kind: "commands", outputs } : { kind: "whole", text: await transcriptWith(recording, open) };
}
