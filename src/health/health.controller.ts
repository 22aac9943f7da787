import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Public } from '../common/http/access.decorators.js';
import { unavailable } from '../common/problems.js';
import { HealthView } from './health.dto.js';

@ApiTags('Health')
@Controller('health')
@Public()
export class HealthController {
  constructor(private readonly dataSource: DataSource) {}

  /** Whether the process runs. */
  @Get('live')
  live(): HealthView {
    return { status: 'ok' };
  }

  /** Whether requests can be served: the database answers. */
  @Get('ready')
  async ready(): Promise<HealthView> {
    await this.dataSource.query('select 1').catch(() => {
      throw unavailable();
    });
    return { status: 'ok' };
  }
}
