interface ImportMetaEnv {
  /** The policy for `<meta http-equiv>`; undefined on the development server. */
  readonly CONTENT_SECURITY_POLICY: string | undefined;
}
