#!/bin/sh
# After create-roles.sql, once and by a superuser: gives the roles their passwords and makes the database. The Postgres
# image runs it when its volume is empty; elsewhere psql's own variables (PGHOST, PGPASSWORD, ...) say where.
set -eu
: "${OWNER_PASSWORD:?}" "${SERVING_PASSWORD:?}"
psql --no-psqlrc --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
\getenv owner OWNER_PASSWORD
\getenv serving SERVING_PASSWORD
alter role ademruimte_owner password :'owner';
alter role ademruimte_app password :'serving';
create database ademruimte owner ademruimte_owner encoding 'UTF8' template template0;
revoke all on database ademruimte from public;
grant connect on database ademruimte to ademruimte_app;
SQL
