import { startOfDay } from '../common/day.js';

/** Whole calendar years that the administration is kept (AWR art. 52). */
export const FISCAL_YEARS = 7;

/** What ended before this instant the tax office no longer asks for. @param today a day in the practice's time zone */
export function fiscalLimit(today: string, timeZone: string): Date {
  const year = Number(today.slice(0, 4)) - FISCAL_YEARS;
  return startOfDay(`${year}-01-01`, timeZone);
}
