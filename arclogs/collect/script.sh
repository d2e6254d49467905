set -u
LC_ALL=C
export LC_ALL

name=arc-bundle-$(date -u +%Y%m%d-%H%M%S)
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
dir=$work/$name
mkdir -p "$dir"

say() { printf '%s\n' "$*" >&2; }

mask() {
  awk "$mask_program"
}

# take FILE COMMAND: keep what a command answers, masked, with the command above it and a line in the inventory.
take() {
  file=$1
  shift
  mkdir -p "$(dirname "$dir/$file")"
  {
    printf '$ %s\n' "$*"
    "$@" 2>&1 </dev/null
    printf '%s' "$?" >"$work/code"
  } | mask >"$dir/$file"
  printf '%s\t%s\t%s\n' "$(cat "$work/code")" "$file" "$*" >>"$dir/inventory.tsv"
}

# have PROGRAM: say once if it is not there.
have() {
  command -v "$1" >/dev/null 2>&1 && return 0
  printf '127\t-\t%s: not installed\n' "$1" >>"$dir/inventory.tsv"
  say "skipped: $1 is not installed"
  return 1
}

# logs NAMESPACE: every container of every pod, and of those that restarted the log before.
logs() {
  kubectl -n "$1" get pods -o go-template='{{range .items}}{{$pod := .metadata.name}}{{range .status.initContainerStatuses}}{{$pod}} {{.name}} {{.restartCount}}{{"\n"}}{{end}}{{range .status.containerStatuses}}{{$pod}} {{.name}} {{.restartCount}}{{"\n"}}{{end}}{{end}}' 2>/dev/null |
    while read -r pod container restarts; do
      say "  log of $pod $container"
      take "$1/logs/$pod.$container.log" kubectl -n "$1" logs "$pod" -c "$container" --timestamps --since="$since"
      if [ "$restarts" -gt 0 ] 2>/dev/null; then
        take "$1/logs/$pod.$container.previous.log" kubectl -n "$1" logs "$pod" -c "$container" --previous --timestamps
      fi
    done
}

rights() {
  kubectl -n "$1" get serviceaccounts -o go-template='{{range .items}}{{.metadata.name}}{{"\n"}}{{end}}' 2>/dev/null |
    while read -r account; do
      take "$1/rights/$account.txt" kubectl -n "$1" auth can-i --list --as="system:serviceaccount:$1:$account"
    done
}

have kubectl || {
  say 'error: kubectl is needed; nothing was collected'
  exit 1
}

if [ -z "$namespaces" ]; then
  namespaces=$(kubectl get autoscalingrunnersets.actions.github.com -A -o go-template='{{range .items}}{{.metadata.namespace}}{{"\n"}}{{end}}' 2>/dev/null | sort -u)
fi
if [ -z "$namespaces" ]; then
  say 'error: no scale set was found (kubectl get autoscalingrunnersets -A); name the runner namespaces: arclogs collect -n NAMESPACE'
  exit 1
fi
if [ -z "$controller" ]; then
  controller=$(kubectl get deployments -A -l app.kubernetes.io/part-of=gha-rs-controller -o go-template='{{range .items}}{{.metadata.namespace}}{{"\n"}}{{end}}' 2>/dev/null | sort -u | head -n 1)
fi
[ -n "$controller" ] || say 'no controller was found; name its namespace with --controller-namespace'

printf 'exit\tfile\tcommand\n' >"$dir/inventory.tsv"
