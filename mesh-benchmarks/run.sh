#!/usr/bin/env bash
# Runs one of the benchmarks: decision or call.
set -euo pipefail
cd "$(dirname "$0")"
[ -d target/lib ] || { echo "build first: mvn -q -DskipTests package -pl mesh-benchmarks -am" >&2; exit 1; }
case ${1:-} in
  decision) shift; exec java -cp "target/classes:target/lib/*" org.openjdk.jmh.Main DecisionBenchmark -prof gc "$@" ;;
  call) shift; exec java -Xmx512m -cp "target/classes:target/lib/*" io.meshup.benchmarks.CallComparison "$@" ;;
  *) echo "usage: $0 decision|call" >&2; exit 2 ;;
esac
