/** What is said about an event beside who, when and from where; never content, never a name. */
export interface AuditEvent {
  /** `object.verb`, such as `session.read` or `note.signed`. */
  readonly event: string;
  /** Whose file it touches, where it touches one. */
  readonly clientId?: string;
  readonly objectType?: string;
  readonly objectId?: string;
  /** On what ground: a code, or the id of the export or request that asked for it. */
  readonly ground?: string;
  /** How many records were listed or taken out. */
  readonly rowCount?: number;
  readonly outcome?: 'done' | 'refused' | 'failed';
}
