"""Runs the two load generators: wrk over HTTP, pgbench on the same statements."""

import json
import re
import subprocess
import time
from datetime import timedelta
from pathlib import Path

from stacklib import agency
from stacklib.layout import ROOT, StackError, write_private

SCRIPTS = ROOT / "tests" / "bench"
CONNECTIONS = 64
THREADS = 2


def lua(value):
    """A Python value as Lua writes it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {lua(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "{" + ", ".join(map(lua, value)) + "}"
    return json.dumps(value)


def run_wrk(base_url, kind, people, seconds, plan_file):
    """Requests a second, errors and times of one run of `kind`."""
    due_on = str(agency.today() + timedelta(days=3))
    plan = {"kind": kind, "run": int(time.time()), "people": people, "due_on": due_on}
    write_private(Path(plan_file), f"return {lua(plan)}\n")
    command = ["wrk", f"-t{THREADS}", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "10s"]
    command += ["-s", SCRIPTS / "load.lua", base_url, "--", plan_file]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    found = re.search(r"RESULT (\{.*\})", done.stdout)
    if not found:
        raise StackError(f"wrk failed:\n{done.stdout}{done.stderr}")
    result = json.loads(found.group(1))
    if result["bad_status"] or result["broken"]:
        raise StackError(f"{kind}: not every request was answered well: {result}")
    result["per_second"] = result["requests"] / result["seconds"]
    return result


def run_pgbench(installation, kind, seconds):
    """Transactions a second of the statements that the application runs for `kind`."""
    command = ["/usr/lib/postgresql/15/bin/pgbench", "-n", "-M", "prepared", "-c", str(CONNECTIONS)]
    command += ["-j", str(THREADS), "-T", str(seconds), "-D", f"reads={installation.reads}"]
    command += ["-D", "sees_all=0", "-D", "i=0", "-D", f"run={int(time.time())}"]
    command += ["-f", SCRIPTS / f"{kind}.sql"]
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, env=installation.client()
    )
    found = re.search(r"^tps = ([\d.]+)", done.stdout, re.MULTILINE)
    if done.returncode != 0 or not found:
        raise StackError(f"pgbench failed:\n{done.stdout}{done.stderr}")
    return float(found.group(1))
