import type { ExerciseMediumView } from '../../src/homework/media/exercise-medium.dto.js';
import { type Caller, told } from './caller.js';

/** A WAV file of so many bytes of sound, all of which tell where they stand. */
export function soundOf(bytes = 1000): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + bytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8000, 24);
  header.writeUInt32LE(8000, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(bytes, 40);
  return Buffer.concat([header, Buffer.from(Uint8Array.from({ length: bytes }, (_, i) => i % 251))]);
}

/** The beginning of an MP4, as far as it takes to be told. */
export const FILM = Buffer.concat([
  Buffer.from([0, 0, 0, 24]),
  Buffer.from('ftypisom', 'latin1'),
  Buffer.from([0, 0, 2, 0]),
  Buffer.from('isommp42', 'latin1'),
  Buffer.alloc(500, 7),
]);

export const upload = (
  caller: Caller,
  content: Buffer = soundOf(),
  headers: Record<string, string> = {},
): ReturnType<Caller['post']> =>
  caller.post('/v1/exercise-media', content, { 'content-type': 'audio/wav', ...headers });

export const uploaded = async (caller: Caller, content?: Buffer): Promise<ExerciseMediumView> =>
  told(await upload(caller, content));
