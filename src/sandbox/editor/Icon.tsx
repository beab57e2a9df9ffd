/** Drawn on a grid of 16, in the colour of the text beside it. */
const paths = {
  "new-file": "M9 1.5H4v13h8v-4M9 1.5 12 4.5M9 1.5v3h3v1.5M12 6.5v4M10 8.5h4",
  "new-folder": "M1.5 13V3h4l1.5 2h7.5v3M1.5 13h7M12 9.5v5M9.5 12h5",
  upload: "M8 10.5v-8M4.5 6 8 2.5 11.5 6M2.5 10.5v3h11v-3",
  "upload-folder": "M1.5 13.5V3h4L7 5h7.5v8.5zM8 11.5v-4M6 9.2l2-2 2 2",
  download: "M8 2.5v8M4.5 7 8 10.5 11.5 7M2.5 10.5v3h11v-3",
  rename: "M2.5 13.5 3.3 10.3 11 2.6l2.4 2.4-7.7 7.7zM9.3 4.3l2.4 2.4",
  delete: "M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.6 9h6.8l.6-9M6.7 7v4M9.3 7v4",
  close: "M4 4l8 8M12 4l-8 8",
  files: "M2 3.5h12M2 8h12M2 12.5h8",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="editor-icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={paths[name]} fill="none" stroke="currentColor" stroke-width="1.3" stroke-linejoin="round" />
    </svg>
  );
}
