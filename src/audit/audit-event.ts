/** What is said about an event beside who, when and from where; never content, never a name. */
export interface AuditEvent {
  /** `object.verb`, such as `session.read` or `note.signed`; `docs/audit.md` lists them all. */
  readonly event: string;
  /** Whose file it touches, where it touches one. */
  readonly clientId?: string;
  /** Whose files a list or a search held, where it held those of several: each of them finds it. */
  readonly clientIds?: readonly string[];
  readonly objectType?: string;
  readonly objectId?: string;
  /** On what ground: a code, or the id of the export or request that asked for it. */
  readonly ground?: string;
  /** How many records were listed or taken out. */
  readonly rowCount?: number;
  readonly outcome?: 'done' | 'refused' | 'failed';
}
