import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../../common/actor.js';
import { Roles } from '../../common/http/access.decorators.js';
import { CurrentPerson, IfMatch } from '../../common/http/request.decorators.js';
import { ChooseReminders, RemindersView } from './reminder.dto.js';
import { remindersView } from './reminder.view.js';
import { RemindersService } from './reminders.service.js';

@ApiTags('Me')
@Controller('v1/me/reminders')
@Roles('client')
export class RemindersController {
  constructor(private readonly reminders: RemindersService) {}

  /** When I am reminded; not at all, as long as I chose nothing. */
  @Get()
  async read(@CurrentPerson() person: Person): Promise<RemindersView> {
    return remindersView(await this.reminders.read(person));
  }

  /** I choose when I am reminded, by mail: my own days and times, and the hours that stay quiet. */
  @Put()
  async choose(
    @CurrentPerson() person: Person,
    @Body() input: ChooseReminders,
    @IfMatch() version?: number,
  ): Promise<RemindersView> {
    return remindersView(await this.reminders.choose(person, input, version));
  }
}
