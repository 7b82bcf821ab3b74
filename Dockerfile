# The image runs the package as npm publishes it: bundled, without dependencies. The Redis client of --store is beside it.
FROM node:22-slim AS build
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build \
  && npm pack --ignore-scripts --pack-destination /tmp \
  && mkdir /package \
  && tar -xzf /tmp/billetera-*.tgz -C /package --strip-components=1 \
  && mkdir /package/node_modules \
  && cp -r node_modules/redis node_modules/@redis /package/node_modules/

FROM node:22-slim
ENV NODE_ENV=production \
  BILLETERA_HOST=0.0.0.0
COPY --from=build /package /opt/billetera
# A new volume at /data belongs to the user that runs the emulator.
RUN chmod +x /opt/billetera/dist/bin/main.js \
  && ln -s /opt/billetera/dist/bin/main.js /usr/local/bin/billetera \
  && mkdir /data \
  && chown node:node /data
USER node
WORKDIR /home/node
EXPOSE 4010 4443
HEALTHCHECK --interval=5s --timeout=6s --start-period=10s --retries=3 CMD ["billetera", "health"]
ENTRYPOINT ["billetera"]
CMD ["start"]
