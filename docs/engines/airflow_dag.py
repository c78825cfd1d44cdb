"""An Airflow DAG that plans a job, reads its pieces as mapped tasks, and publishes it.

Not tested. The workers see the inputs and the folder of the job under the same paths.
"""

import subprocess

import pendulum
from airflow.decorators import dag, task
from airflow.exceptions import AirflowFailException

JOB, INPUT, OUTPUT = "/shared/enwiki", "/shared/dumps/enwiki", "/shared/elections"


@dag(schedule="@monthly", start_date=pendulum.datetime(2026, 1, 1), catchup=False)
def elections():
    @task
    def plan():
        out = subprocess.check_output(["hemicycle", "job", "plan", "--again", "--from", INPUT, "--job", JOB])
        return list(range(1, int(out) + 1))

    @task(retries=3)
    def read(n):
        status = subprocess.call(["hemicycle", "job", "read", str(n), "--job", JOB])
        if status == 2:
            raise AirflowFailException("a further try would end the same")
        if status != 0:
            raise RuntimeError(f"status {status}")

    @task
    def publish():
        status = subprocess.call(["hemicycle", "job", "publish", "--job", JOB, "--output", OUTPUT])
        if status not in (0, 3):
            raise RuntimeError(f"status {status}")

    read.expand(n=plan()) >> publish()


elections()
