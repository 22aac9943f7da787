import { Body, Controller, Get, Patch, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../common/actor.js';
import { Roles } from '../common/http/access.decorators.js';
import { CurrentPerson, IfMatch } from '../common/http/request.decorators.js';
import { ChangePractice, ChangeRegime, PracticeView } from './practice.dto.js';
import { practiceView } from './practice.view.js';
import { PracticesService } from './practices.service.js';

@ApiTags('Practice')
@Controller('v1/practice')
@Roles('admin')
export class PracticesController {
  constructor(private readonly practices: PracticesService) {}

  /** The practice and its settings. */
  @Get()
  async read(@CurrentPerson() person: Person): Promise<PracticeView> {
    return practiceView(await this.practices.read(person));
  }

  /** Changes settings of the practice. */
  @Patch()
  async change(
    @CurrentPerson() person: Person,
    @Body() input: ChangePractice,
    @IfMatch() version?: number,
  ): Promise<PracticeView> {
    return practiceView(await this.practices.change(person, input, version));
  }

  /** Says under which law the practice works, and why; it decides what follows when a client withdraws consent. */
  @Put('regime')
  async changeRegime(
    @CurrentPerson() person: Person,
    @Body() input: ChangeRegime,
    @IfMatch() version?: number,
  ): Promise<PracticeView> {
    return practiceView(await this.practices.changeRegime(person, input, version));
  }
}
