import { StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { contentRange } from '../../common/http/byte-range.js';
import { type Playing, tagOf } from './exercise-media.service.js';
import type { ExerciseMediumView } from './exercise-medium.dto.js';
import type { ExerciseMedium } from './exercise-medium.entity.js';

export function exerciseMediumView({
  id,
  contentType,
  bytes,
  uploadedAt,
}: ExerciseMedium): ExerciseMediumView {
  return { id, contentType, bytes, uploadedAt: uploadedAt.toISOString() };
}

/** The recording, or the part that was asked for, under no name. */
export function played({ medium, content, span }: Playing, reply: FastifyReply): StreamableFile {
  const { contentType, bytes } = medium;
  void reply.headers({ 'accept-ranges': 'bytes', etag: tagOf(medium) });
  if (span) void reply.code(206).header('content-range', contentRange(span, bytes));
  return new StreamableFile(content, {
    type: contentType,
    disposition: 'inline',
    length: span ? span.until - span.from : bytes,
  });
}
