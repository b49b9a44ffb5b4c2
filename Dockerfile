# One image with every application of the demo: the libraries they share are there once.
# The jars come from the stage "jars", which a build context of that name replaces:
#   docker build --build-context jars=DIRECTORY .
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -q -DskipTests -Dcheckstyle.skip -Dspring-javaformat.skip -am package \
      -pl mesh-registry-server,mesh-gateway,demo-apps/inventory,demo-apps/payments,demo-apps/catalog,demo-apps/orders,demo-apps/storefront,demo-apps/shopper

FROM scratch AS jars
COPY --from=build /src/mesh-registry-server/target/mesh-registry-server.jar /src/mesh-gateway/target/mesh-gateway.jar /
COPY --from=build /src/demo-apps/*/target/*.jar /

# Each jar becomes a thin one whose manifest names its libraries in the common lib directory.
FROM eclipse-temurin:25-jre AS extract
WORKDIR /out
RUN --mount=from=jars,target=/jars \
    for jar in /jars/*.jar; do java -Djarmode=tools -jar "$jar" extract --force --destination /out || exit 1; done

FROM eclipse-temurin:25-jre
RUN install -d -o 10001 -g 10001 -m 0700 /data && install -d -o 10001 -g 10001 -m 0750 /token
WORKDIR /app
COPY --from=extract /out/lib/ lib/
COPY --from=extract /out/*.jar ./
COPY demo-apps/rules.yaml demo-apps/compose-init.sh ./
USER 10001:10001
ENTRYPOINT ["java", "-jar"]
CMD ["mesh-registry-server.jar"]
