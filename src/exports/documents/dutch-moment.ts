/** A moment as a Dutch reader expects it, by the clock of the practice: `29 maart 2026, 14:05`. */
export const dutchMoment = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('nl', {
    timeZone,
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
    .format(at)
    .replace(' om ', ', ');
