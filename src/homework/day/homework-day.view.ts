import { codesOf, MOMENTS } from '../../common/vocabulary.js';
import { logView } from '../logs/log.view.js';
import type { HomeworkDay, HomeworkItem } from './homework-day.dto.js';
import type { ClientDay, DayItem } from './homework-day.service.js';

/** The day from its beginning to its end; what rests stands apart. */
export function homeworkDayView({ on, items }: ClientDay): HomeworkDay {
  const awake = items.filter(({ isPaused }) => !isPaused);
  return {
    on,
    moments: codesOf(MOMENTS).map((moment) => ({
      moment,
      items: awake.filter((item) => item.moment === moment).map(itemView),
    })),
    paused: items.filter(({ isPaused }) => isPaused).map(itemView),
  };
}

function itemView({ assignmentId, exercise, message, expected, logs }: DayItem): HomeworkItem {
  const { title, purpose, steps, cautions, minutes, approach, media } = exercise;
  return {
    assignmentId,
    title,
    purpose,
    steps,
    ...(cautions && { cautions }),
    minutes,
    approach,
    ...(media && { media }),
    ...(message && { message }),
    ...(expected !== undefined && { expected }),
    done: logs.filter(({ outcome }) => outcome !== 'skipped').length,
    logs: logs.map(logView),
  };
}
