"""What a worker process is asked arrives in order, what it prints does not, and it ends with whoever asks it."""

import pickle
import subprocess
import sys

ECHO = """
import pickle
from matching.domain.pipes import answer_stream, jobs_asked

answers, jobs = answer_stream(), jobs_asked()
while True:
    job = jobs.get()
    print("printed")
    pickle.dump(2 * job, answers)
    answers.flush()
"""
FOREVER = "from matching.domain.pipes import jobs_asked; import time; jobs_asked().get(); time.sleep(600)"


def test_jobs_and_answers_in_order_and_nothing_that_is_printed():
    asked = pickle.dumps(1) + pickle.dumps("ab")
    done = subprocess.Popen([sys.executable, "-c", ECHO], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                            stderr=subprocess.DEVNULL)
    assert done.stdin is not None
    assert done.stdout is not None
    done.stdin.write(asked)
    done.stdin.flush()
    assert [pickle.load(done.stdout), pickle.load(done.stdout)] == [2, "abab"]
    done.stdin.close()
    assert done.wait(60) == 0
    assert done.stdout.read() == b""
    done.stdout.close()


def test_the_end_of_the_stream_ends_the_process_in_the_middle_of_a_job():
    done = subprocess.run([sys.executable, "-c", FOREVER], input=pickle.dumps(1), timeout=300, check=False)
    assert done.returncode == 0
