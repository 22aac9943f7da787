import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../../common/actor.js';
import { Roles } from '../../common/http/access.decorators.js';
import { CurrentLanguage, CurrentPerson } from '../../common/http/request.decorators.js';
import type { Language } from '../../common/language.js';
import { HomeworkDay, HomeworkQuery } from './homework-day.dto.js';
import { HomeworkDayService } from './homework-day.service.js';
import { homeworkDayView } from './homework-day.view.js';

@ApiTags('Homework')
@Controller('v1/me/homework')
@Roles('client')
export class HomeworkDayController {
  constructor(private readonly days: HomeworkDayService) {}

  /** My day: what is there for each moment of it, in my language. All of it is an invitation. */
  @Get()
  async read(
    @CurrentPerson() person: Person,
    @Query() { on }: HomeworkQuery,
    @CurrentLanguage() language: Language,
  ): Promise<HomeworkDay> {
    return homeworkDayView(await this.days.read(person, on, language));
  }
}
