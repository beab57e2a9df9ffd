import { useSignal } from "@preact/signals";
import { downloadFile } from "../../components/download-file.ts";
import { pictureWords as words } from "../../words/pictures.ts";
import { formatPanelLink, type PanelLink } from "../panel-link.ts";
import { svgToPng } from "./svg-image.ts";
import "./picture-tools.css";

export interface TakeablePicture {
  /** Of the file, without its ending. */
  readonly name: string;
  /** Leads back to this picture, on this page. */
  readonly link: PanelLink;
  /** All that the picture shows, in lines. */
  text(): string;
  /** Stands for itself: colours, fonts and size are in it. */
  svg(): string;
}

/** The buttons by which a picture leaves the page: as text, as a link, as a file. */
export function PictureTools({ picture }: { picture: TakeablePicture }) {
  const said = useSignal("");
  const copy = (text: string, done: string) =>
    navigator.clipboard.writeText(text).then(
      () => (said.value = done),
      () => (said.value = words.copyRefused),
    );
  const save = (content: BlobPart, ending: string, type: string) =>
    downloadFile(new File([content], `${picture.name.replaceAll(/[^\w.-]+/g, "-")}.${ending}`, { type }));
  const savePng = () =>
    svgToPng(picture.svg()).then(
      (png) => save(png, "png", "image/png"),
      () => (said.value = words.pngFailed),
    );
  return (
    <div class="picture-tools" role="group" aria-label={words.takeAway}>
      <button type="button" onClick={() => void copy(picture.text(), words.textCopied)}>
        {words.copyText}
      </button>
      <button
        type="button"
        onClick={() => void copy(new URL(formatPanelLink(picture.link), location.href).href, words.linkCopied)}
      >
        {words.copyLink}
      </button>
      <button type="button" onClick={() => save(picture.svg(), "svg", "image/svg+xml")}>
        {words.saveSvg}
      </button>
      <button type="button" onClick={() => void savePng()}>
        {words.savePng}
      </button>
      <span role="status">{said.value}</span>
    </div>
  );
}
