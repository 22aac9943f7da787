import { Body, Controller, HttpCode, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ClientView } from '../clients/client.dto.js';
import { clientView } from '../clients/client.view.js';
import type { Person } from '../common/actor.js';
import { Roles, StepUp } from '../common/http/access.decorators.js';
import { IdParam } from '../common/http/id-param.js';
import { CurrentPerson, IfMatch } from '../common/http/request.decorators.js';
import { FileClosureService } from './file-closure.service.js';
import { TransferFile } from './file-transfer.dto.js';
import { FileTransferService } from './file-transfer.service.js';

@ApiTags('Clients')
@Controller('v1/clients/:id')
export class WholeFilesController {
  constructor(
    private readonly closures: FileClosureService,
    private readonly transfers: FileTransferService,
  ) {}

  /** Closes a file: planned sessions are cancelled, homework that runs is stopped; what there is stays to be read. */
  @Post('closure')
  @HttpCode(200)
  @Roles('coach', 'admin')
  async close(@CurrentPerson() person: Person, @IdParam() id: string): Promise<ClientView> {
    return clientView(await this.closures.close(person, id));
  }

  /** Hands the whole file to another coach, with the planned sessions; the private notes only where that is decided. */
  @Put('coach')
  @StepUp()
  @Roles('admin')
  async transfer(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Body() input: TransferFile,
    @IfMatch() version?: number,
  ): Promise<ClientView> {
    return clientView(await this.transfers.transfer(person, id, input, version));
  }
}
