import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/clients.module.js';
import { PracticesModule } from '../practices/practices.module.js';
import { ArticlesController } from './articles/articles.controller.js';
import { ArticlesService } from './articles/articles.service.js';
import { StartingKnowledge } from './articles/starting-knowledge.js';
import { ExerciseArticlesService } from './readings/exercise-articles.service.js';
import { OwnReadingsController } from './readings/own-readings.controller.js';
import { ReadingsController } from './readings/readings.controller.js';
import { ReadingsService } from './readings/readings.service.js';
import { WebsiteController } from './website/website.controller.js';
import { WebsiteService } from './website/website.service.js';

/** The knowledge base: what the practice writes, what anybody reads of it, and what clients are given to read. */
@Module({
  imports: [ClientsModule, PracticesModule],
  controllers: [ArticlesController, WebsiteController, ReadingsController, OwnReadingsController],
  providers: [ArticlesService, ExerciseArticlesService, ReadingsService, StartingKnowledge, WebsiteService],
  exports: [StartingKnowledge],
})
export class KnowledgeModule {}
