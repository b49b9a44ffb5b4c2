
# What follows is meshctl's own: names that only the registry knows. Where it does not answer, nothing is offered.
function _meshctl_offer() {
  local IFS=$' \t\n'
  COMPREPLY=( $(compgen -W "$*" -- "${COMP_WORDS[COMP_CWORD]}") )
}

function _meshctl_names() { meshctl names "$@" 2>/dev/null </dev/null; }

function _meshctl() {
  local before=${COMP_WORDS[COMP_CWORD-1]}
  COMPREPLY=()
  case ${COMP_WORDS[COMP_CWORD]} in
    -*) _complete_meshctl "$@"; return ;;
  esac
  # Options that take nothing do not say what comes behind them.
  case $before in
    --undo|--wait|--diff|--dry-run) before= ;;
  esac
  case "${COMP_WORDS[1]} $before" in
    'drain --version') _meshctl_offer "$(_meshctl_names versions "${COMP_WORDS[2]}")" ;;
    'rollback --to') _meshctl_offer "$(_meshctl_names revisions "${COMP_WORDS[2]}")" ;;
    'explain --from') _meshctl_offer "$(_meshctl_names services)" ;;
    'tokens --role') _meshctl_offer viewer operator admin ;;
    *' -'?*) _complete_meshctl "$@" ;;
    'completion '*) _meshctl_offer bash zsh ;;
    'get '*) _meshctl_offer Route TrafficPolicy RateLimit AuthorizationPolicy PeerAuthentication "$(_meshctl_names rules)" ;;
    'history '*|'rollback '*|'delete '*) _meshctl_offer "$(_meshctl_names rules)" ;;
    'drain '*) _meshctl_offer "$(_meshctl_names instances)" ;;
    'instances '*|'explain '*) _meshctl_offer "$(_meshctl_names services)" ;;
    *) _complete_meshctl "$@" ;;
  esac
}

complete -o default -F _meshctl meshctl
