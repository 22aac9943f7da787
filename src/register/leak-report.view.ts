import type { FileTouch, TouchedFile } from './leak-report.dto.js';
import type { Touch } from './leak-report.queries.js';

/** File by file, out of rows that are in the order of the files. */
export function touchedFiles(touches: readonly Touch[]): TouchedFile[] {
  const files: TouchedFile[] = [];
  for (const touch of touches) {
    const { clientId, clientName } = touch;
    let file = files.at(-1);
    if (file?.clientId !== clientId) {
      file = { clientId, ...(clientName !== null && { name: clientName }), touches: [] };
      files.push(file);
    }
    file.touches.push(touchView(touch));
  }
  return files;
}

function touchView(touch: Touch): FileTouch {
  const { userId, name, task, roles, times, events, addresses } = touch;
  return {
    ...(userId !== null && { userId }),
    ...(name !== null && { name }),
    roles,
    ...(task !== null && { task }),
    times,
    firstAt: touch.firstAt.toISOString(),
    lastAt: touch.lastAt.toISOString(),
    events,
    addresses,
  };
}
