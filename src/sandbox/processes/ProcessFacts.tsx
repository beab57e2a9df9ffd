import { processWords as words } from "../../words/processes.ts";
import type { Workbench } from "../workbench.ts";
import { memoryAmount } from "./memory-amount.ts";
import { kernelKey } from "./process-tree.ts";
import type { ProcessesDesk } from "./processes-desk.ts";
import { commandOf } from "./processes-text.ts";
import type { Picture, SeenProcess } from "./sampler.ts";

interface ProcessFactsProps {
  readonly desk: ProcessesDesk;
  readonly bench: Workbench;
  readonly picture: Picture;
}

/** What there is to know of the process that was chosen in the tree, and the commands that tell the same. */
export function ProcessFacts({ desk, bench, picture }: ProcessFactsProps) {
  const key = desk.process.value;
  if (key === undefined) return null;
  const process = desk.chosenProcess.value;
  return (
    <section class="process-facts" aria-label={words.facts}>
      <button type="button" onClick={() => desk.showRow(undefined)}>
        {words.close}
      </button>
      {process !== undefined ? (
        <Facts desk={desk} bench={bench} picture={picture} process={process} />
      ) : key === kernelKey ? (
        <Kernel bench={bench} picture={picture} />
      ) : (
        <p>{words.gone}</p>
      )}
    </section>
  );
}

function Facts({ desk, bench, picture, process }: ProcessFactsProps & { process: SeenProcess }) {
  const names = words.factNames;
  const container = process.container === undefined ? undefined : desk.names.value.get(process.container);
  const share = desk.shares.value?.processes.get(process.pid);
  const parent = picture.processes.find(({ pid }) => pid === process.ppid);
  const commands = [`ps -o pid,ppid,user,stat,rss,args -p ${process.pid}`];
  if (container !== undefined) commands.push(`docker top ${container}`);
  return (
    <>
      <dl>
        <Fact name={names.command} value={commandOf(process)} />
        <Fact name={names.pid} value={String(process.pid)} />
        {process.container !== undefined && (
          <Fact name={names.inner} value={words.innerFact(process.innerPid, process.pid)} />
        )}
        <Fact name={names.container} value={container ?? process.container?.slice(0, 12) ?? words.noContainer} />
        <Fact
          name={names.parent}
          value={parent === undefined ? String(process.ppid) : `${parent.pid} ${parent.name}`}
        />
        <Fact name={names.user} value={process.userName} />
        <Fact name={names.state} value={words.states[process.state] ?? words.unknownState(process.state)} />
        <Fact name={names.memory} value={memoryAmount(process.memoryBytes)} />
        <Fact name={names.cpu} value={share === undefined ? words.notYet : words.percent(share)} />
        <Fact name={names.namespaces} value={namespacesInWords(picture, process.pid)} />
      </dl>
      <Commands bench={bench} commands={commands} />
    </>
  );
}

function Kernel({ bench, picture }: Pick<ProcessFactsProps, "bench" | "picture">) {
  const { kernelThreads, kernelPid } = picture.machine;
  return (
    <>
      <p>{words.kernelFacts(kernelThreads)}</p>
      {kernelPid > 0 && <Commands bench={bench} commands={[`ps -o pid,args -p ${kernelPid} --ppid ${kernelPid}`]} />}
    </>
  );
}

function Commands({ bench, commands }: { bench: Workbench; commands: readonly string[] }) {
  return (
    <>
      <p>{words.showsIt}</p>
      <ul>
        {commands.map((command) => (
          <li key={command}>
            <code>{command}</code>
            <button
              type="button"
              aria-label={words.runCommand(command)}
              onClick={() => bench.run({ command, terminal: 0, interrupt: false })}
            >
              {words.run}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function namespacesInWords({ namespaces }: Picture, pid: number): string {
  if (namespaces?.pid !== pid) return words.reading;
  if (namespaces.own.length === 0) return words.sharesNamespaces;
  return namespaces.own.map((name) => words.namespaces[name] ?? name).join(", ");
}
