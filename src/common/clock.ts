import { Injectable } from '@nestjs/common';

/** The time, injected, so that tests and the demo practice can live through weeks in seconds. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }
}
