"""Starts one PostgreSQL program for the supervisor and ties its life to the supervisor's.

Run as a script with `python -I -S launcher.py <order>`, where the order is JSON:

    program     the command, a list of strings
    directory   where to go before rights are given up; the program may not be able to get there
    account     {"uid", "gid"} to become, or null
    parent_pid  the supervisor's process
    tie         "signal": the kernel tells the program when the supervisor is gone (Linux);
                "watch": this process stays, reads its standard input, and tells the program
                itself when the other end closes

It is a process of its own because nothing may safely run between fork and exec in a program that
has threads. It imports only the standard library, because it must start within milliseconds, and
all of it at once: the account may not be able to read the library any more.
"""

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import threading
from typing import NoReturn

_PR_SET_PDEATHSIG = 1
# PostgreSQL's "fast" shutdown: end the sessions, write everything, leave.
_FAST_SHUTDOWN = signal.SIGINT
_IMMEDIATE_SHUTDOWN = signal.SIGQUIT
_FAST_SHUTDOWN_LIMIT_S = 30.0


def main(order_text: str) -> NoReturn:
    """Carry out one order; never returns."""
    order = json.loads(order_text)
    program: list[str] = order["program"]
    os.umask(0o077)
    os.chdir(order["directory"])
    account = order["account"]
    if account is not None:
        os.setgroups([])
        os.setgid(account["gid"])
        os.setuid(account["uid"])
    _let_senders_go_on()
    # Settings and secrets of the application are none of the server's business, and variables
    # such as PGDATA or LC_ALL would change what it does.
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "TZ": "UTC", "LC_MESSAGES": "C"}
    if order["tie"] == "watch":
        _run_and_watch(program, environment)
    # The kernel forgets this wish when the user changes, so it comes after setuid.
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(_FAST_SHUTDOWN), 0, 0, 0)
    if os.getppid() != order["parent_pid"]:
        sys.exit("the supervisor is gone")
    os.execve(program[0], program, environment)  # noqa: S606 - a fixed program, no shell wanted


def _let_senders_go_on() -> None:
    """Have the kernel take the server for a batch process (sched(7)), which interrupts nobody when it is woken.

    Otherwise a session pushes aside whoever has just sent it a statement, in the middle of its work, when all processors are
    busy; this way the sender goes on until it waits itself, and there are far fewer switches between them.
    """
    if hasattr(os, "SCHED_BATCH"):
        # A container may forbid it; the server does its work without.
        with contextlib.suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def _run_and_watch(program: list[str], environment: dict[str, str]) -> NoReturn:
    """Run the program as a child; stop it when our standard input reaches its end."""
    child = subprocess.Popen(  # noqa: S603 - the supervisor's own command, no shell
        program, env=environment, stdin=subprocess.DEVNULL, start_new_session=True
    )

    def pass_on(number: int, _: object) -> None:
        child.send_signal(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT):
        signal.signal(number, pass_on)

    def stop_with_parent() -> None:
        while os.read(0, 1):
            pass
        child.send_signal(_FAST_SHUTDOWN)
        try:
            child.wait(_FAST_SHUTDOWN_LIMIT_S)
        except subprocess.TimeoutExpired:
            child.send_signal(_IMMEDIATE_SHUTDOWN)

    threading.Thread(target=stop_with_parent, daemon=True).start()
    code = child.wait()
    # os._exit, because the thread may sit in a read that only the supervisor can end.
    os._exit(code if code >= 0 else 128 - code)


if __name__ == "__main__":
    main(sys.argv[1])
