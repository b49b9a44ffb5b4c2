#!/usr/bin/env bash
# The one-shot jobs of docker-compose.yml; the image has bash, but no curl.
#   token   writes a join token where there is none
#   rules   gives a registry without rules the demo's first ones
set -euo pipefail

call() { # METHOD PATH [BODY-FILE]: prints the status and the answer
  local method=$1 path=$2 body=${3:-/dev/null}
  exec 3<>/dev/tcp/registry/8761
  {
    printf '%s %s HTTP/1.0\r\nHost: registry\r\nConnection: close\r\n' "$method" "$path"
    printf 'Authorization: Basic %s\r\n' "$(printf 'admin:%s' "$(cat /data/admin-password)" | base64 -w0)"
    printf 'Content-Type: application/yaml\r\nContent-Length: %s\r\n\r\n' "$(wc -c < "$body")"
    cat "$body"
  } >&3
  timeout 20 cat <&3
  exec 3>&-
}

token() {
  [ ! -s /token/join-token ] || return 0
  umask 077
  head -c 32 /dev/urandom | base64 -w0 | tr '+/' '-_' | tr -d '=' > /token/join-token.new
  mv /token/join-token.new /token/join-token
}

rules() {
  local answer
  answer=$(call GET /api/v1/rules)
  case $answer in *'"rules":[]'*) ;; *) return 0 ;; esac
  answer=$(call POST /api/v1/rules:apply /app/rules.yaml)
  case $answer in
    'HTTP/1.'?' 200 '*) echo "The demo's rules are in force." ;;
    *) printf 'The registry refused the rules: %s\n' "$answer" >&2; exit 1 ;;
  esac
}

"$1"
