import type { DataSource } from 'typeorm';

/** The server was given a role that row-level security would not hold back. */
export class UnsafeServingRole extends Error {
  override readonly name = 'UnsafeServingRole';
}

/**
 * Refuses to serve with a role that could look past the policies: a superuser, one that may bypass
 * row-level security, one that owns a table or a function which looks past them, or one that may become such a role.
 * @throws UnsafeServingRole
 */
export async function refuseUnsafeServingRole(dataSource: DataSource): Promise<void> {
  const [role] = await dataSource.query<{ name: string; powerful: boolean; owns: boolean }[]>(`
    select current_user as name,
           exists (select from pg_roles where (rolsuper or rolbypassrls) and pg_has_role(oid, 'member')) as powerful,
           exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'
                      and pg_has_role(c.relowner, 'member'))
           or exists (select from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                       where n.nspname <> 'pg_catalog' and p.prosecdef and pg_has_role(p.proowner, 'member')) as owns`);
  if (role?.powerful || role?.owns) {
    throw new UnsafeServingRole(
      `DATABASE_URL signs in as ${role.name}, which ${role.powerful ? 'may bypass row-level security' : 'owns tables or functions'}. ` +
        'Use the serving role of scripts/create-roles.sql.',
    );
  }
}
