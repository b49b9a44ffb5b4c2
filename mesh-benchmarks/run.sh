#!/usr/bin/env bash
# Runs one of the benchmarks: decision, balance, call or gateway.
set -euo pipefail
cd "$(dirname "$0")"
[ -d target/lib ] || { echo "build first: mvn -q -DskipTests package -pl mesh-benchmarks,mesh-gateway -am" >&2; exit 1; }
case ${1:-} in
  decision) shift; exec java -cp "target/classes:target/lib/*" org.openjdk.jmh.Main DecisionBenchmark -prof gc "$@" ;;
  balance) shift; exec java -cp "target/classes:target/lib/*" org.openjdk.jmh.Main BalanceBenchmark -prof gc "$@" ;;
  call) shift; exec java -Xmx512m ${MESH_BENCHMARKS_OPTS:-} -cp "target/classes:target/lib/*" io.meshup.benchmarks.CallComparison "$@" ;;
  gateway)
    shift
    jar=../mesh-gateway/target/mesh-gateway.jar
    [ -f "$jar" ] || { echo "build first: mvn -q -DskipTests package -pl mesh-benchmarks,mesh-gateway -am" >&2; exit 1; }
    rm -rf target/gateway
    java -Djarmode=tools -jar "$jar" extract --destination target/gateway > /dev/null
    exec java -Xmx256m ${MESH_BENCHMARKS_OPTS:-} -cp "target/classes:target/lib/*" io.meshup.benchmarks.GatewayComparison "$@" ;;
  *) echo "usage: $0 decision|balance|call|gateway" >&2; exit 2 ;;
esac
