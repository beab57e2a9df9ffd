interface ImportMetaEnv {
  /** The policy for `<meta http-equiv>`; undefined on the development server. */
  readonly CONTENT_SECURITY_POLICY: string | undefined;
  /** That of pages that run an app in the tab; undefined there, too. */
  readonly ISOLATED_CONTENT_SECURITY_POLICY: string | undefined;
}
