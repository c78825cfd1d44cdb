#!/bin/sh
# Reads a job with GNU parallel, on this machine or, with --sshlogin, on several that see the same folders.
# A piece that fails is tried again; one that ends with status 2 would fail again, but parallel cannot tell.
#
#   sh parallel.sh FOLDER-OF-THE-JOB OUTPUT
#
# Tested with GNU parallel 20221122, with readers that were killed.
set -eu
job=$1 output=$2
pieces=$(hemicycle job status --json --job "$job" | sed 's/^{"pieces":\([0-9]*\).*/\1/')
seq "$pieces" | parallel --retries 3 --joblog "$job/joblog" hemicycle job read {} --quiet --job "$job"
hemicycle job publish --job "$job" --output "$output"
