import { Body, Controller, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../common/actor.js';
import { Roles } from '../common/http/access.decorators.js';
import { CreatedAt } from '../common/http/created.interceptor.js';
import { IdParam } from '../common/http/id-param.js';
import { CurrentPerson, IfMatch } from '../common/http/request.decorators.js';
import { Throttled } from '../throttling/throttled.decorator.js';
import { ChangeClient, ClientPage, ClientQuery, ClientView, OpenFile } from './client.dto.js';
import { clientSummary, clientView } from './client.view.js';
import { ClientsService } from './clients.service.js';

@ApiTags('Clients')
@Controller('v1/clients')
@Roles('coach', 'admin')
export class ClientsController {
  constructor(private readonly clients: ClientsService) {}

  /** A coach's own clients, or for an admin all of the practice, by name. */
  @Get()
  async list(@CurrentPerson() person: Person, @Query() query: ClientQuery): Promise<ClientPage> {
    const page = await this.clients.list(person, query);
    return { ...page, items: page.items.map(clientSummary) };
  }

  /** Opens a file; with consent in the same call the question and stress data may come along. */
  @Post()
  @CreatedAt('/v1/clients')
  async open(@CurrentPerson() person: Person, @Body() input: OpenFile): Promise<ClientView> {
    return clientView(await this.clients.open(person, input));
  }

  /** One file; what is about stress is shown to the file's coach only. */
  @Get(':id')
  async read(@CurrentPerson() person: Person, @IdParam() id: string): Promise<ClientView> {
    return clientView(await this.clients.read(person, id));
  }

  /** Changes who the client is, and for the coach what they came with. */
  @Patch(':id')
  async change(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Body() input: ChangeClient,
    @IfMatch() version?: number,
  ): Promise<ClientView> {
    return clientView(await this.clients.change(person, id, input, version));
  }

  /** A prospect becomes a client. */
  @Post(':id/activation')
  @HttpCode(200)
  async activate(@CurrentPerson() person: Person, @IdParam() id: string): Promise<ClientView> {
    return clientView(await this.clients.move(person, id, 'activate'));
  }

  /** The coaching rests for a while. */
  @Post(':id/pause')
  @HttpCode(200)
  async pause(@CurrentPerson() person: Person, @IdParam() id: string): Promise<ClientView> {
    return clientView(await this.clients.move(person, id, 'pause'));
  }

  /** The coaching goes on. */
  @Post(':id/resumption')
  @HttpCode(200)
  async resume(@CurrentPerson() person: Person, @IdParam() id: string): Promise<ClientView> {
    return clientView(await this.clients.move(person, id, 'resume'));
  }

  /** Opens a closed file again. */
  @Post(':id/reopening')
  @HttpCode(200)
  async reopen(@CurrentPerson() person: Person, @IdParam() id: string): Promise<ClientView> {
    return clientView(await this.clients.move(person, id, 'reopen'));
  }

  /** Mails the client an invitation to the portal. */
  @Post(':id/invitation')
  @HttpCode(200)
  @Throttled('invite', 'id')
  async invite(@CurrentPerson() person: Person, @IdParam() id: string): Promise<ClientView> {
    return clientView(await this.clients.invite(person, id));
  }
}
