import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { notFound } from '../common/problems.js';

/** Finds a practice by its name in addresses, for who is not signed in. */
@Injectable()
export class PracticeSlugs {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns the id of the practice @throws Problem 404 */
  async find(slug: string): Promise<string> {
    const [found] = await this.dataSource.query<{ id: string | null }[]>(
      'select lookup.practice_id($1) as id',
      [slug],
    );
    if (!found?.id) throw notFound();
    return found.id;
  }
}
