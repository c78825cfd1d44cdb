#!/bin/sh
# Reads a job as an AWS Batch array job. The job definition mounts a shared file system (EFS, FSx) with the inputs and
# the folder of the job, and its command is: hemicycle job read --job /shared/enwiki
# An array job has 2 to 10,000 children. Not tested.
#
#   sh aws-batch.sh QUEUE DEFINITION PIECES
set -eu
aws batch submit-job --job-name hemicycle --job-queue "$1" --job-definition "$2" \
  --array-properties "size=$3" \
  --retry-strategy '{"attempts": 3, "evaluateOnExit": [
    {"onExitCode": "2", "action": "EXIT"}, {"onExitCode": "*", "action": "RETRY"}]}'
