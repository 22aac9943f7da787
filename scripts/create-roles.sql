-- The database roles of an installation. Run once by a superuser, in any database of the cluster;
-- running it again changes nothing. Passwords are set apart, see docs/operations.md.
do $$
begin
  -- Owns the tables and migrates them.
  if not exists (select from pg_roles where rolname = 'ademruimte_owner') then
    create role ademruimte_owner login nosuperuser nocreaterole nobypassrls;
  end if;
  -- Serves requests and jobs: owns nothing, and row-level security holds for it always.
  if not exists (select from pg_roles where rolname = 'ademruimte_app') then
    create role ademruimte_app login nosuperuser nocreaterole nobypassrls;
  end if;
  -- Owns the few functions that look before a practice is known. Nobody signs in as it.
  if not exists (select from pg_roles where rolname = 'ademruimte_lookup') then
    create role ademruimte_lookup nologin nosuperuser nocreaterole nobypassrls;
  end if;
  grant ademruimte_lookup to ademruimte_owner;
end $$;
