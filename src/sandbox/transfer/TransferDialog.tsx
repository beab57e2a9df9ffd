import { useComputed } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { downloadFile } from "../../components/download-file.ts";
import { transferWords as words } from "../../words/transfer.ts";
import type { Workbench } from "../workbench.ts";
import { TransferDesk } from "./transfer-desk.ts";
import "./transfer.css";

/** Asks which files go where, shows how far they are, and says where they are then. */
export function TransferDialog({ bench }: { bench: Workbench }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const desk = useMemo(() => new TransferDesk({ machine: () => bench.session.machine, give: downloadFile }), [bench]);
  const request = bench.transfer.value;
  const state = desk.state.value;
  const isDropped = useComputed(() => {
    const { value } = bench.transfer;
    return value?.kind === "upload" && value.files !== undefined;
  }).value;

  useEffect(() => {
    if (request === undefined) return;
    desk.state.value = { is: "asking" };
    dialog.current?.showModal();
    if (request.kind === "upload" && request.files !== undefined) void desk.upload(request.files, "/workspace");
  }, [request, desk]);
  useEffect(() => {
    // What was drawn may still be the end of the transfer before.
    const now = desk.state.peek();
    if (!isDropped || now.is !== "done") return;
    // What was dropped is only spoken of: the person is on their way to type.
    bench.notice.value = now.words;
    dialog.current?.close();
    bench.showTerminal();
  }, [isDropped, state, desk, bench]);

  const close = () => dialog.current?.close();
  return (
    <dialog
      ref={dialog}
      class="sandbox-dialog transfer-dialog"
      aria-labelledby="transfer-title"
      onClose={() => {
        desk.cancel();
        bench.transfer.value = undefined;
      }}
    >
      {request?.kind === "paste" ? (
        <PasteForm bench={bench} close={close} />
      ) : (
        request !== undefined && <FileForm desk={desk} kind={request.kind} isDropped={isDropped} close={close} />
      )}
    </dialog>
  );
}

interface FileFormProps {
  readonly desk: TransferDesk;
  readonly kind: "upload" | "download";
  readonly isDropped: boolean;
  readonly close: () => void;
}

function FileForm({ desk, kind, isDropped, close }: FileFormProps) {
  const files = useRef<HTMLInputElement>(null);
  const path = useRef<HTMLInputElement>(null);
  const state = desk.state.value;
  const isWorking = state.is === "working";
  const say = words[kind];
  const start = (event: Event) => {
    event.preventDefault();
    const where = path.current?.value ?? "";
    if (kind === "upload") void desk.upload([...(files.current?.files ?? [])], where);
    else void desk.download(where);
  };
  return (
    <form onSubmit={start}>
      <h2 id="transfer-title">{say.title}</h2>
      {!isDropped && (
        <>
          {kind === "upload" && (
            <label>
              {words.upload.files}
              <input ref={files} type="file" multiple disabled={isWorking} />
            </label>
          )}
          <label>
            {kind === "upload" ? words.upload.folder : words.download.path}
            <input
              ref={path}
              type="text"
              required
              spellcheck={false}
              autocomplete="off"
              autocapitalize="off"
              disabled={isWorking}
              defaultValue="/workspace"
              aria-describedby="transfer-what"
            />
          </label>
          <p id="transfer-what" class="transfer-what">
            {kind === "upload" ? words.upload.folderWhat : words.download.pathWhat}
          </p>
        </>
      )}
      <div aria-live="polite">
        {state.is === "asking" && state.problem !== undefined && <p class="transfer-problem">{state.problem}</p>}
        {state.is === "done" && <p class="transfer-done">{state.words}</p>}
        {isWorking && <p class="transfer-words">{state.words}</p>}
      </div>
      {isWorking && <progress aria-label={words.progressLabel} value={state.share} />}
      <div class="dialog-buttons">
        {!isDropped && (
          <button type="submit" class="main-button" disabled={isWorking}>
            {say.start}
          </button>
        )}
        <button type="button" class="plain-button" onClick={isWorking ? () => desk.cancel() : close}>
          {isWorking ? words.cancel : words.close}
        </button>
      </div>
    </form>
  );
}

function PasteForm({ bench, close }: { bench: Workbench; close: () => void }) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const paste = (event: Event) => {
    event.preventDefault();
    const text = field.current?.value ?? "";
    close();
    bench.panes.peek()[bench.terminal.peek()]?.paste(text);
    bench.showTerminal();
  };
  return (
    <form onSubmit={paste}>
      <h2 id="transfer-title">{words.pasteTitle}</h2>
      <p>{words.pasteWhy}</p>
      <label>
        {words.pasteField}
        <textarea ref={field} rows={5} spellcheck={false} autocapitalize="off" autocomplete="off" />
      </label>
      <div class="dialog-buttons">
        <button type="submit" class="main-button">
          {words.pasteIn}
        </button>
        <button type="button" class="plain-button" onClick={close}>
          {words.cancel}
        </button>
      </div>
    </form>
  );
}
