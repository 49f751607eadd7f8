# docker build --tag policy-lint .
# docker run --rm --volume "$PWD:/work:ro" policy-lint check legal/
FROM rust:1-alpine AS build
# hadolint ignore=DL3018
RUN apk add --no-cache musl-dev
WORKDIR /src
COPY Cargo.toml Cargo.lock build.rs ./
COPY benches benches
COPY docs/schema docs/schema
COPY examples/ci examples/ci
COPY rules rules
COPY src src
RUN cargo build --release --locked --bin policy-lint

FROM alpine:3
# What `--diff-base` and `--staged` ask; a checkout that belongs to somebody else is read all the same.
# hadolint ignore=DL3018
RUN apk add --no-cache git && git config --system --add safe.directory '*' && adduser -D -u 1000 policy-lint
COPY --from=build /src/target/release/policy-lint /usr/local/bin/policy-lint
USER 1000:1000
WORKDIR /work
ENTRYPOINT ["policy-lint"]
CMD ["check"]
