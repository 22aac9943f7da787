import { fileTypeFromFile } from 'file-type';

/** What browsers play, by what the bytes are found to be; nothing else is taken in. */
export const CONTENT_TYPES: Readonly<Record<string, string>> = {
  'audio/aac': 'audio/aac',
  'audio/flac': 'audio/flac',
  'audio/mp4': 'audio/mp4',
  'audio/mpeg': 'audio/mpeg',
  'audio/ogg': 'audio/ogg',
  'audio/ogg; codecs=opus': 'audio/ogg',
  'audio/wav': 'audio/wav',
  'audio/x-m4a': 'audio/mp4',
  'video/mp4': 'video/mp4',
  'video/webm': 'video/webm',
  'video/x-m4v': 'video/mp4',
};

/** Each of them once. */
export const PLAYED = [...new Set(Object.values(CONTENT_TYPES))].sort();

/** @returns the type that a file's own bytes show, where it is one that is played; what it is called says nothing */
export async function contentTypeOf(path: string): Promise<string | undefined> {
  const found = await fileTypeFromFile(path);
  return found && CONTENT_TYPES[found.mime];
}
