"""Reads a job with Dask distributed, and publishes it.

    python3 dask_job.py SCHEDULER FOLDER-OF-THE-JOB OUTPUT

The workers see the inputs and the folder of the job under the same paths. Not tested in this form.
"""

import json
import subprocess
import sys

from distributed import Client


def read(n, job):
    """Reads one piece. What ends with status 2 would end so again."""
    done = subprocess.run(["hemicycle", "job", "read", str(n), "--quiet", "--job", job], capture_output=True, text=True)
    if done.returncode == 1:
        raise RuntimeError(done.stderr)
    return n, done.returncode, done.stderr


def main(scheduler, job, output):
    status = json.loads(subprocess.check_output(["hemicycle", "job", "status", "--json", "--job", job]))
    client = Client(scheduler)
    pieces = client.map(read, range(1, status["pieces"] + 1), job=job, retries=3, pure=False)
    failed = [r for r in client.gather(pieces) if r[1] != 0]
    if failed:
        sys.exit(f"the piece {failed[0][0]} ended with status {failed[0][1]}: {failed[0][2]}")
    sys.exit(subprocess.call(["hemicycle", "job", "publish", "--job", job, "--output", output]))


if __name__ == "__main__":
    main(*sys.argv[1:4])
