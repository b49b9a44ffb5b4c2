#!/usr/bin/env bash
# Runs one of the benchmarks: decision, balance, call, gateway or registry.
set -euo pipefail
cd "$(dirname "$0")"
[ -d target/lib ] || { echo "build first: mvn -q -DskipTests package -pl mesh-benchmarks,mesh-gateway -am" >&2; exit 1; }
case ${1:-} in
  decision) shift; exec java -cp "target/classes:target/lib/*" org.openjdk.jmh.Main DecisionBenchmark -prof gc "$@" ;;
  balance) shift; exec java -cp "target/classes:target/lib/*" org.openjdk.jmh.Main BalanceBenchmark -prof gc "$@" ;;
  call) shift; exec java -Xmx512m ${MESH_BENCHMARKS_OPTS:-} -cp "target/classes:target/lib/*" io.meshup.benchmarks.call.CallComparison "$@" ;;
  gateway)
    shift
    jar=../mesh-gateway/target/mesh-gateway.jar
    [ -f "$jar" ] || { echo "build first: mvn -q -DskipTests package -pl mesh-benchmarks,mesh-gateway -am" >&2; exit 1; }
    rm -rf target/gateway
    java -Djarmode=tools -jar "$jar" extract --destination target/gateway > /dev/null
    exec java -Xmx256m ${MESH_BENCHMARKS_OPTS:-} -cp "target/classes:target/lib/*" io.meshup.benchmarks.gateway.GatewayComparison "$@" ;;
  registry)
    shift
    [ -f ../mesh-registry-server/target/mesh-registry-server.jar ] || { echo "build first: mvn -q -DskipTests package -pl mesh-benchmarks,mesh-registry-server -am" >&2; exit 1; }
    rm -rf target/registry
    java -Djarmode=tools -jar ../mesh-registry-server/target/mesh-registry-server.jar extract --destination target/registry > /dev/null
    if [ ! -d target/eureka-classes ]; then
      mvn -q -B -f eureka/pom.xml dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$PWD/target/eureka"
      javac -cp "target/eureka/*" -d target/eureka-classes eureka/EurekaPeer.java
    fi
    exec java -Xmx2g ${MESH_BENCHMARKS_OPTS:-} -cp "target/classes:target/lib/*" io.meshup.benchmarks.registry.RegistryComparison "$@" ;;
  *) echo "usage: $0 decision|balance|call|gateway|registry" >&2; exit 2 ;;
esac
