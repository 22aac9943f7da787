import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource, type EntityTarget, type ObjectLiteral } from 'typeorm';
import { CannotStart } from '../config/cannot-start.js';
import { Settings } from '../config/settings.js';
import { dataSourceOptions } from './data-source.js';
import { refuseMissingMigrations } from './missing-migrations.js';
import { RepeatedRequests } from './repeated-requests.js';
import { refuseUnsafeServingRole } from './serving-role.js';
import { Streams } from './streams.js';
import { Tenant } from './tenant.js';

/** The connection that serves, and the transactions through which alone features reach it. */
@Global()
@Module({})
export class DatabaseModule {
  static serving(entities: readonly EntityTarget<ObjectLiteral>[]): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRootAsync({
          inject: [Settings],
          useFactory: ({ databaseUrl, databasePoolSize }: Settings) => ({
            ...dataSourceOptions({ url: databaseUrl, poolSize: databasePoolSize, entities }),
            retryAttempts: 0,
          }),
          dataSourceFactory: async (options) => {
            const source = await new DataSource(options!).initialize().catch(unreachable);
            await refuseUnsafeServingRole(source);
            await refuseMissingMigrations(source);
            return source;
          },
        }),
      ],
      providers: [RepeatedRequests, Streams, Tenant],
      exports: [RepeatedRequests, Streams, Tenant],
    };
  }
}

/** The address and the password stay out of it. */
function unreachable(error: { code?: string; message: string }): never {
  throw new CannotStart(`No connection to DATABASE_URL: ${error.message || error.code}.`);
}
