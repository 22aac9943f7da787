import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import type { Person } from '../../common/actor.js';
import { Roles } from '../../common/http/access.decorators.js';
import { IdParam } from '../../common/http/id-param.js';
import { CurrentLanguage, CurrentPerson, IfMatch } from '../../common/http/request.decorators.js';
import type { Language } from '../../common/language.js';
import { notFound } from '../../common/problems.js';
import { NoteTemplateList, NoteTemplateView, StartingPointView, WriteTemplate } from './note-template.dto.js';
import { noteTemplateView, startingPointView } from './note-template.view.js';
import { NoteTemplatesService } from './note-templates.service.js';
import { TEMPLATE_KINDS, type TemplateKind } from './shipped-templates.js';

const knownKind = {
  transform(value: string): TemplateKind {
    const kind = TEMPLATE_KINDS.find((one) => one === value);
    if (!kind) throw notFound();
    return kind;
  },
};
const KindParam = (): ParameterDecorator => Param('kind', knownKind);

@ApiTags('Notes')
@Controller('v1/note-templates')
@Roles('coach', 'admin')
export class NoteTemplatesController {
  constructor(private readonly templates: NoteTemplatesService) {}

  /** What each kind of note begins with in this practice. */
  @Get()
  async list(@CurrentPerson() person: Person): Promise<NoteTemplateList> {
    return { items: (await this.templates.list(person)).map(noteTemplateView) };
  }

  /** Lets a kind of note begin with the practice's own words. */
  @Put(':kind')
  @ApiParam({ name: 'kind', enum: TEMPLATE_KINDS })
  async write(
    @CurrentPerson() person: Person,
    @KindParam() kind: TemplateKind,
    @Body() input: WriteTemplate,
    @IfMatch() version?: number,
  ): Promise<NoteTemplateView> {
    return noteTemplateView(await this.templates.write(person, kind, input, version));
  }

  /** Back to the words that come with the product. */
  @Delete(':kind')
  @HttpCode(204)
  @ApiParam({ name: 'kind', enum: TEMPLATE_KINDS })
  reset(
    @CurrentPerson() person: Person,
    @KindParam() kind: TemplateKind,
    @IfMatch() version?: number,
  ): Promise<void> {
    return this.templates.reset(person, kind, version);
  }
}

@ApiTags('Notes')
@Controller('v1')
@Roles('coach')
export class StartingPointsController {
  constructor(private readonly templates: NoteTemplatesService) {}

  /** What a new note about this client may begin with: a template, or the last note. */
  @Get('clients/:id/notes/starting-point')
  async ofClient(
    @CurrentPerson() person: Person,
    @CurrentLanguage() language: Language,
    @IdParam() clientId: string,
  ): Promise<StartingPointView> {
    return startingPointView(await this.templates.startingPoint(person, { clientId }, language));
  }

  /** What a new note about this session may begin with: the template of its kind, or the last note. */
  @Get('sessions/:id/notes/starting-point')
  async ofSession(
    @CurrentPerson() person: Person,
    @CurrentLanguage() language: Language,
    @IdParam() sessionId: string,
  ): Promise<StartingPointView> {
    return startingPointView(await this.templates.startingPoint(person, { sessionId }, language));
  }
}
