#!/usr/bin/env bash
# The demo shop of Mesh Up on this machine. ./demo.sh help tells what it can do.
# Runs on Linux and macOS (bash 3.2). Everything it writes is under target/demo, or the MESH_DEMO_STATE given below it.
set -euo pipefail
cd "$(dirname "$0")"

readonly STATE=${MESH_DEMO_STATE:-target/demo}
case $STATE in /*) ABSOLUTE=$STATE ;; *) ABSOLUTE=$PWD/$STATE ;; esac
readonly ABSOLUTE RUN=$STATE/run LOGS=$STATE/logs DATA=$STATE/data PORTS=$STATE/ports
readonly WAIT_SECONDS=${MESH_DEMO_WAIT:-180}
readonly SMALL_JVM="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xss256k -XX:ReservedCodeCacheSize=32m -XX:+ExitOnOutOfMemoryError"

# name, module, heap in MB, further arguments. The order is that of starting.
instances() {
  cat <<END
registry mesh-registry-server 96
inventory-v1-a demo-apps/inventory 64
inventory-v1-b demo-apps/inventory 64
inventory-v2 demo-apps/inventory 64 --spring.profiles.active=v2
payments demo-apps/payments 64
catalog demo-apps/catalog 64
orders demo-apps/orders 64
storefront demo-apps/storefront 64
gateway mesh-gateway 96
shopper demo-apps/shopper 64
END
}

usage() {
  cat <<'END'
./demo.sh              builds if needed, starts the shop and waits until it is healthy
./demo.sh stop [NAME]  ends what it started, or one instance as a platform would (SIGTERM)
./demo.sh status       a table: name, version, pid, port, health, memory
./demo.sh logs NAME    the log of an instance; -f follows it
./demo.sh kill NAME    kill -9 of one running instance of that name
./demo.sh start NAME   brings back one that does not run
./demo.sh env          URLs and credentials, exported: eval "$(./demo.sh env)"

NAME is a service (inventory), a service and version (inventory-v1) or one instance (inventory-v1-a).
Settings (environment): MESH_REGISTRY_PORT (8761), MESH_GATEWAY_PORT (8080), MESH_DEMO_WAIT (180 seconds),
MESH_SHOPPER_RATE (20 visits a second), MESH_DEMO_STATE (target/demo, a second demo needs another), JAVA_HOME.
END
}

say() { printf '%s\n' "$*"; }
fail() { printf 'demo.sh: %s\n' "$*" >&2; exit 1; }

# ------------------------------------------------------------------ instances and their processes

field() { instances | awk -v name="$1" -v n="$2" '$1 == name { print $n }'; }
module_of() { field "$1" 2; }
jar_of() { local module; module=$(module_of "$1"); printf '%s/target/%s.jar' "$module" "${module##*/}"; }
arguments_of() { instances | awk -v name="$1" '$1 == name { for (i = 4; i <= NF; i++) print $i }'; }
version_of() { case $1 in *-v[0-9]*) printf '%s' "$1" | sed 's/.*-\(v[0-9]*\).*/\1/' ;; registry) printf -- '-' ;; *) printf 'v1' ;; esac; }
names() { instances | awk '{ print $1 }'; }

# Those of the names that are NAME or begin with NAME-.
matching() {
  local found
  found=$(names | awk -v name="$1" '$0 == name || index($0, name "-") == 1')
  [ -n "$found" ] || fail "there is no '$1' (known: $(names | tr '\n' ' '))"
  printf '%s\n' "$found"
}

# When a process was born, in the system's own words; nothing when there is none.
born() {
  if [ -r "/proc/$1/stat" ]; then
    sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | awk '{ print "tick " $20 }' || true
  else
    LC_ALL=C ps -p "$1" -o lstart= 2>/dev/null | awk '{ $1 = $1; print }' || true
  fi
}

# Prints the process id when the instance runs: the process of the pid file, born when the file says.
pid_of() {
  local pid start
  [ -f "$RUN/$1.pid" ] || return 1
  { read -r pid && read -r start; } < "$RUN/$1.pid" || return 1
  [ -n "$start" ] && [ "$(born "$pid")" = "$start" ] || return 1
  case $(ps -p "$pid" -o stat= 2>/dev/null) in Z*|'') return 1 ;; esac
  printf '%s' "$pid"
}
runs() { pid_of "$1" >/dev/null; }

port_of() { sed -n 's/.* started on port[s(]* *\([0-9][0-9]*\).*/\1/p' "$LOGS/$1.log" 2>/dev/null | tail -1; }

healthy() {
  local port
  runs "$1" || return 1
  port=$(port_of "$1")
  [ -n "$port" ] && curl -fs -m 5 -o /dev/null "http://127.0.0.1:$port/actuator/health" 2>/dev/null
}

taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null || (exec 3<>"/dev/tcp/::1/$1") 2>/dev/null; }

free_port() {
  local port=$1
  while taken "$port"; do
    port=$((port + 1))
    [ "$port" -le 65535 ] || fail "no free port from $1 on"
  done
  [ "$port" = "$1" ] || say "Port $1 is taken; the $2 takes $port." >&2
  printf '%s' "$port"
}

saved_port() { sed -n "s/^$1=//p" "$PORTS" 2>/dev/null; }

# A port stays as it was chosen for as long as something of the demo runs.
choose_ports() {
  if any_runs && [ -s "$PORTS" ]; then return 0; fi
  local registry gateway
  registry=$(free_port "${MESH_REGISTRY_PORT:-8761}" registry)
  gateway=$(free_port "${MESH_GATEWAY_PORT:-8080}" gateway)
  [ "$gateway" != "$registry" ] || gateway=$(free_port $((registry + 1)) gateway)
  printf 'registry=%s\ngateway=%s\n' "$registry" "$gateway" > "$PORTS"
}

any_runs() { local name; for name in $(names); do if runs "$name"; then return 0; fi; done; return 1; }

registry_url() { printf 'http://localhost:%s' "$(saved_port registry)"; }
gateway_url() { printf 'http://localhost:%s' "$(saved_port gateway)"; }

# ------------------------------------------------------------------------------------- starting

java_command() { if [ -n "${JAVA_HOME:-}" ]; then printf '%s/bin/java' "$JAVA_HOME"; else printf 'java'; fi; }

check_tools() {
  local tool version
  for tool in curl ps awk; do
    command -v "$tool" >/dev/null || fail "'$tool' is needed and was not found. Install it."
  done
  command -v "$(java_command)" >/dev/null ||
    fail "Java 17 or newer is needed and '$(java_command)' was not found. Install a JDK, or point JAVA_HOME at one."
  version=$("$(java_command)" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -1)
  [ "${version:-0}" -ge 17 ] ||
    fail "Java 17 or newer is needed but '$(java_command)' is ${version:-unknown}. Install a JDK, or point JAVA_HOME at one."
}

modules() { instances | awk '{ print $2 }' | sort -u; }

# The jars are there and nothing that goes into them is newer. Their own times are the build's fixed ones; what Maven
# keeps beside each has the real time.
is_built() {
  local module jar built
  for module in $(modules); do
    jar=$module/target/${module##*/}.jar
    built=$jar.original
    [ -f "$jar" ] && [ -f "$built" ] || return 1
    if [ "$STATE/built" -nt "$built" ]; then built=$STATE/built; fi
    [ -z "$(find pom.xml mesh-core/src/main mesh-spring-boot-starter/src/main mesh-admin-ui/src/main/java mesh-admin-ui/src/main/resources \
      "$module/pom.xml" "$module/src/main" -type f -newer "$built" -print 2>/dev/null | head -1)" ] || return 1
  done
}

build() {
  if is_built; then return 0; fi
  command -v mvn >/dev/null || fail "Maven 3.6.3 or newer is needed to build and 'mvn' was not found. Install it (https://maven.apache.org)."
  say "Building (the first time Maven downloads the libraries)..."
  touch "$STATE/building"
  mvn -q -Dstyle.color=never -DskipTests -Dcheckstyle.skip -Dspring-javaformat.skip -am -pl "$(modules | paste -s -d , -)" package ||
    fail "the build failed; its last lines tell why."
  mv "$STATE/building" "$STATE/built"
  say "Built in $SECONDS s."
}

launch() {
  local name=$1 port=0 further
  case $name in registry|gateway) port=$(saved_port "$name") ;; esac
  further=$(arguments_of "$name")
  case $name in
    registry) further="$further --mesh.registry.data-dir=$ABSOLUTE/data" ;;
    shopper) further="$further --shopper.gateway-url=$(gateway_url)/storefront --shopper.rate=${MESH_SHOPPER_RATE:-20}" ;;
  esac
  [ ! -f "$LOGS/$name.log" ] || mv "$LOGS/$name.log" "$LOGS/$name.before.log"
  # shellcheck disable=SC2086  # the options are lists of words
  MALLOC_ARENA_MAX=2 MESH_REGISTRY_URLS=$(registry_url) MESH_REGISTRY_TOKEN_FILE=$ABSOLUTE/data/join-token \
    nohup "$(java_command)" "-Xmx$(field "$name" 3)m" $SMALL_JVM -jar "$(jar_of "$name")" \
    --server.address=127.0.0.1 --server.port="$port" --mesh.cache-dir="$ABSOLUTE/cache" $further \
    > "$LOGS/$name.log" 2>&1 < /dev/null &
  printf '%s\n%s\n' "$!" "$(born $!)" > "$RUN/$name.pid"
}

await_health() {
  local name=$1 begun=$SECONDS
  until healthy "$name"; do
    runs "$name" || { tail -20 "$LOGS/$name.log" >&2; fail "$name ended while it started; the lines above are the end of $LOGS/$name.log. What else was started still runs (./demo.sh stop)."; }
    [ $((SECONDS - begun)) -lt "$WAIT_SECONDS" ] || fail "$name is not healthy after $WAIT_SECONDS s; see ./demo.sh logs $name"
    sleep 0.3
  done
  printf '  %-15s up on port %-6s %3s s\n' "$name" "$(port_of "$name")" "$SECONDS"
}

cores() { getconf _NPROCESSORS_ONLN 2>/dev/null || printf 2; }

# Starts the named instances, no more at a time than there are cores, so that none starves the others.
start_all() {
  local name waiting='' count=0
  for name in "$@"; do
    launch "$name"
    waiting="$waiting $name"
    count=$((count + 1))
    if [ "$name" = registry ] || [ "$count" -ge "$(cores)" ]; then
      await_each $waiting
      waiting='' count=0
    fi
  done
  await_each $waiting
}
await_each() { local name; for name in "$@"; do await_health "$name"; done; }

# A call of the registry's API as its operator; the password never stands in a process list.
operator() {
  printf 'user = "admin:%s"\n' "$(cat "$DATA/admin-password")" | curl -sS -m 20 -K - "$@"
}

# Only a registry without rules gets them, so that a restart keeps what was changed by hand.
apply_rules() {
  local status
  case $(operator "$(registry_url)/api/v1/rules") in *'"rules":[]'*) ;; *) return 0 ;; esac
  status=$(operator -o "$STATE/rules.answer" -w '%{http_code}' -H 'Content-Type: application/yaml' \
    --data-binary @demo-apps/rules.yaml "$(registry_url)/api/v1/rules:apply")
  [ "$status" = 200 ] || fail "the registry refused demo-apps/rules.yaml with $status: $(cat "$STATE/rules.answer")"
  say "  rules           inventory 80 % v1, 20 % v2; payments with a circuit breaker"
}

up() {
  local name missing=
  check_tools
  mkdir -p "$RUN" "$LOGS"
  for name in $(names); do runs "$name" || missing="$missing $name"; done
  if [ -z "$missing" ]; then say "The demo already runs."; summary; return 0; fi
  build
  SECONDS=0
  choose_ports
  trap 'say; say "Interrupted; ending what was started."; stop; exit 130' INT TERM
  say "Starting:"
  # shellcheck disable=SC2086  # names are words
  start_all $missing
  apply_rules
  trap - INT TERM
  say "Everything runs after $SECONDS s."
  summary
}

summary() {
  cat <<END

  Dashboard   $(registry_url)    user admin, password $(cat "$DATA/admin-password")
  Shop        $(gateway_url)/storefront/    through the gateway

Three things to try:
  1. On the dashboard open Routes, inventory, and move the split from 80/20 to 50/50. The shop's page shows
     who answers; the map follows within a second.
  2. ./demo.sh kill inventory-v1    One of three instances dies under load. No request fails.
     ./demo.sh start inventory-v1   brings it back.
  3. Let payments fail and watch the breaker open on the map, then make it good again:
     curl -X PATCH $(gateway_url)/payments/trouble -H 'Content-Type: application/json' -d '{"failureShare": 0.9}'
     curl -X PATCH $(gateway_url)/payments/trouble -H 'Content-Type: application/json' -d '{"failureShare": 0.05}'

./demo.sh status shows what runs, ./demo.sh stop ends it.
END
}

# ------------------------------------------------------------------------------ the other commands

# Ends the others first and the registry last, each as it would by itself.
stop() {
  local ended=0
  end_and_await $(names | grep -v '^registry$')
  end_and_await registry
  if [ "$ended" = 0 ]; then say "Nothing of the demo runs."; else say "Ended $ended processes."; fi
}

stop_one() {
  local name found ended=0
  found=$(matching "$1")
  for name in $found; do
    if runs "$name"; then
      SECONDS=0
      end_and_await "$name"
      say "Ended $name in $SECONDS s. ./demo.sh start $name brings it back."
      return 0
    fi
  done
  fail "no instance of '$1' runs"
}

# Asks the named instances to end and waits for them; kill -9 is for those that do not.
end_and_await() {
  local name pid begun=$SECONDS
  for name in "$@"; do
    if pid=$(pid_of "$name"); then kill "$pid" 2>/dev/null || true; ended=$((ended + 1)); fi
  done
  for name in "$@"; do
    while pid=$(pid_of "$name"); do
      if [ $((SECONDS - begun)) -ge 30 ]; then say "$name does not end; killing it ($pid)."; kill -9 "$pid" 2>/dev/null || true; fi
      sleep 0.2
    done
    rm -f "$RUN/$name.pid"
  done
}

memory_of() { LC_ALL=C ps -p "$1" -o rss= | awk '{ printf "%d", $1 / 1024 }'; }

status() {
  local name pid health total=0
  printf '%-15s %-8s %-8s %-6s %-8s %s\n' NAME VERSION PID PORT HEALTH MEMORY
  for name in $(names); do
    if pid=$(pid_of "$name"); then
      if healthy "$name"; then health=up; else health='not yet'; fi
      total=$((total + $(memory_of "$pid")))
      printf '%-15s %-8s %-8s %-6s %-8s %s MB\n' "$name" "$(version_of "$name")" "$pid" "$(port_of "$name")" "$health" "$(memory_of "$pid")"
    else
      printf '%-15s %-8s %-8s %-6s %-8s\n' "$name" "$(version_of "$name")" - - 'not running'
    fi
  done
  printf '%-15s %38s %s MB\n' total '' "$total"
}

logs() {
  local name found follow=
  if [ "${1:-}" = -f ]; then set -- "${2:-}" -f; fi
  [ -n "${1:-}" ] || fail "which one? ./demo.sh logs NAME [-f]"
  follow=${2:-}
  found=$(matching "$1")
  for name in $found; do
    if [ -f "$LOGS/$name.log" ]; then
      if [ "$follow" = -f ]; then exec tail -n 50 -f "$LOGS/$name.log"; fi
      cat "$LOGS/$name.log"
      return 0
    fi
  done
  fail "'$1' has no log: it was not started yet"
}

kill_one() {
  local name pid found
  [ -n "${1:-}" ] || fail "which one? ./demo.sh kill NAME"
  found=$(matching "$1")
  for name in $found; do
    if pid=$(pid_of "$name"); then
      kill -9 "$pid"
      rm -f "$RUN/$name.pid"
      say "Killed $name (process $pid). ./demo.sh start $name brings it back."
      return 0
    fi
  done
  fail "no instance of '$1' runs"
}

start_one() {
  local name found
  [ -n "${1:-}" ] || fail "which one? ./demo.sh start NAME"
  [ -s "$PORTS" ] && any_runs || fail "the demo does not run; ./demo.sh starts all of it"
  found=$(matching "$1")
  for name in $found; do
    if ! runs "$name"; then
      SECONDS=0
      launch "$name"
      await_health "$name"
      return 0
    fi
  done
  say "Every instance of '$1' already runs."
}

print_env() {
  [ -s "$PORTS" ] && runs registry || fail "the demo does not run; start it with ./demo.sh"
  printf "MESH_REGISTRY='%s'\nMESH_GATEWAY='%s'\nMESH_USER='admin'\n" "$(registry_url)" "$(gateway_url)"
  printf "MESH_PASSWORD='%s'\nMESH_TOKEN='%s'\n" "$(cat "$DATA/admin-password")" "$(cat "$DATA/join-token")"
  printf 'export MESH_REGISTRY MESH_GATEWAY MESH_USER MESH_PASSWORD MESH_TOKEN\n'
}

case ${1:-up} in
  up) up ;;
  stop) if [ $# -gt 1 ]; then stop_one "$2"; else stop; fi ;;
  status) status ;;
  logs) shift; logs "$@" ;;
  kill) kill_one "${2:-}" ;;
  start) if [ $# -gt 1 ]; then start_one "$2"; else up; fi ;;
  env) print_env ;;
  help|-h|--help) usage ;;
  *) usage >&2; exit 2 ;;
esac
