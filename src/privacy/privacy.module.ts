import { Module } from '@nestjs/common';
import { DataRequestsController, OwnDataRequestsController } from './data-requests.controller.js';
import { DataRequestsService } from './data-requests.service.js';
import { ErasureRequests } from './erasure-requests.js';

/** The rights of the AVG, as requests that the practice answers in time. */
@Module({
  controllers: [DataRequestsController, OwnDataRequestsController],
  providers: [DataRequestsService, ErasureRequests],
})
export class PrivacyModule {}
