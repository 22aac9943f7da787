import Negotiator from 'negotiator';

/** Dutch is the first language of the practice, English the second. */
export const LANGUAGES = ['nl', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** One text in both languages; the compiler insists on both. */
export type Bilingual = Readonly<Record<Language, string>>;

/** The language of an `Accept-Language` header (RFC 9110); Dutch where it asks for neither. */
export function preferredLanguage(header: string | undefined): Language {
  if (!header) return 'nl';
  const negotiator = new Negotiator({ headers: { 'accept-language': header } });
  return (negotiator.language([...LANGUAGES]) as Language | undefined) ?? 'nl';
}
