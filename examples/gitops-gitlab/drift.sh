#!/usr/bin/env bash
# Looks for drift of a stack, and changes nothing: bash drift.sh prod
# Exit code 0: no drift. 7: drift; each comparison that found some prints a line that begins with "drift:".
# Any other code is Pulumi's own: a comparison failed, and its output explains why.
set -uo pipefail

stack=$1
drift=0

compare() {
  local found=$1 output code
  shift
  output=$("$@" --stack "$stack" --expect-no-changes 2>&1)
  code=$?
  echo "$output"
  if [ "$code" -eq 0 ]; then return; fi
  # The CLI exits with 7 for unexpected changes since 3.227. Before, it exits with 255, as for any failure.
  if [ "$code" -ne 7 ] && [[ $output != *"no changes were expected"* ]]; then exit "$code"; fi
  echo "drift: $found"
  drift=7
}

compare "the program declares what is not applied yet" pulumi preview
compare "the cloud is not as the last update left it" pulumi refresh --preview-only
exit "$drift"
