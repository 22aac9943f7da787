import { Body, Controller, Delete, Get, HttpCode, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../../common/actor.js';
import { Roles } from '../../common/http/access.decorators.js';
import { IdParam } from '../../common/http/id-param.js';
import { CurrentPerson } from '../../common/http/request.decorators.js';
import { NoteWithholdingView, WithholdNote } from './note-withholding.dto.js';
import { NoteWithholdingsService } from './note-withholdings.service.js';

@ApiTags('Notes')
@Controller('v1/notes/:id/withholding')
@Roles('coach')
export class NoteWithholdingsController {
  constructor(private readonly withholdings: NoteWithholdingsService) {}

  /** On what ground this note stays out of a copy that its client asks for; 404 where it does not. */
  @Get()
  read(@CurrentPerson() person: Person, @IdParam() id: string): Promise<NoteWithholdingView> {
    return this.withholdings.read(person, id);
  }

  /**
   * Keeps the texts of a private note out of a copy that its client asks for. That the note is there, and the ground, they are
   * told. A request covers private notes unless such a ground is on record.
   */
  @Put()
  withhold(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Body() input: WithholdNote,
  ): Promise<NoteWithholdingView> {
    return this.withholdings.withhold(person, id, input);
  }

  /** The ground holds no more: from here on the note goes along. */
  @Delete()
  @HttpCode(204)
  end(@CurrentPerson() person: Person, @IdParam() id: string): Promise<void> {
    return this.withholdings.end(person, id);
  }
}
