import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';

const LOCATION = 'location';

/** Says where the thing that this route makes can be read: `@CreatedAt('/v1/clients')` + its id. */
export const CreatedAt = (collection: string) => SetMetadata(LOCATION, collection);

/** A 201 names the address of what it made (`Location`, RFC 9110). */
@Injectable()
export class CreatedInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const collection = this.reflector.get<string | undefined>(LOCATION, context.getHandler());
    if (!collection) return next.handle();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((body: unknown) => {
        void reply.header('location', `${collection}/${(body as { id: string }).id}`);
        return body;
      }),
    );
  }
}
