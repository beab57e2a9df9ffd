interface ImportMetaEnv {
  /** The policy for `<meta http-equiv>`; undefined on the development server. */
  readonly CONTENT_SECURITY_POLICY: string | undefined;
  /** That of pages that run an app in the tab; undefined there, too. */
  readonly ISOLATED_CONTENT_SECURITY_POLICY: string | undefined;
  /** The version of this build in pages and in the service worker; src/server/offline-files.ts puts it in the place of a word in the end. */
  readonly SITE_VERSION: string;
}
