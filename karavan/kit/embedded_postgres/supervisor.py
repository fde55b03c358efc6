"""The supervisor: owns the data directory, keeps one server running in it, stops it at the end."""

import atexit
import fcntl
import logging
import os
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from msgspec import Struct

from karavan.kit.embedded_postgres import cluster as clusters
from karavan.kit.embedded_postgres.account import choose_account
from karavan.kit.embedded_postgres.address import (
    LOOPBACK,
    OWNER_ROLE,
    PostgresAddress,
    RememberedAddress,
    answers,
    choose_port,
)
from karavan.kit.embedded_postgres.binaries import reachable_programs
from karavan.kit.embedded_postgres.errors import EmbeddedPostgresError, storage_error
from karavan.kit.embedded_postgres.postmaster import (
    DEFAULT_TIE,
    Launch,
    PortTakenError,
    Postmaster,
    StartAbandonedError,
    Tie,
    rotate_log,
)
from karavan.kit.embedded_postgres.processes import (
    PostmasterFile,
    clear_leftovers,
    is_server_of,
    kill_sessions,
)
from karavan.kit.embedded_postgres.sockets import make_socket_directory, remove_socket_directory

logger = logging.getLogger("karavan.embedded_postgres")

_ATTACH_LIMIT_S = 30.0
_ATTACH_POLL_S = 0.05
_WATCH_INTERVAL_S = 0.1
_LOG_CHECK_INTERVAL_S = 30.0
_PORT_ATTEMPTS = 5
_RESTART_PAUSES_S = (0.0, 0.5, 1.0, 2.0, 5.0)
# A server that ran this long was healthy: its next death is a new story.
_HEALTHY_AFTER_S = 60.0


class _Plan(Struct, frozen=True):
    """All that the supervising thread needs to know to start the server."""

    launch: Launch
    programs: Path
    socket_directory: Path
    password: str
    cluster_exists: bool
    preferred_port: int | None


class EmbeddedPostgres:
    """A PostgreSQL server in a directory, running for as long as this process wants it.

    The first to ask for a directory owns the server: it restarts one that dies, and the server
    stops with it. Others who ask for the same directory are attached to the running server and
    stop nothing. All methods may be called from any thread.
    """

    def __init__(
        self,
        data_directory: Path,
        *,
        durable: bool = True,
        max_connections: int = 200,
        tie: Tie = DEFAULT_TIE,
    ) -> None:
        """Describe a server; nothing happens before `start`.

        Args:
            data_directory: everything of the server lives here; made when missing.
            durable: False gives up crash safety for speed, for tests only.
            max_connections: how many sessions may be open at once.
            tie: how the server learns that this process is gone: "signal" from the kernel (Linux)
                or "watch" by a process in between.
        """
        self._data_directory = Path(os.path.realpath(data_directory))
        self._cluster = self._data_directory / "cluster"
        self._log_file = self._data_directory / "postgres.log"
        self._address_file = self._data_directory / "address.json"
        self._password_file = self._data_directory / "password"
        self._durable = durable
        self._max_connections = max_connections
        self._tie = tie
        self._guard = threading.RLock()
        self._address: PostgresAddress | None = None
        self._owner_pid: int | None = None
        self._lock_descriptor: int | None = None
        self._socket_directory: Path | None = None
        self._thread: threading.Thread | None = None
        self._postmaster: Postmaster | None = None
        self._started = threading.Event()
        self._stopping = threading.Event()
        self._port: int | None = None
        self._failure: Exception | None = None

    def start(self) -> PostgresAddress:
        """Start the server, or attach to the one that already runs in this directory.

        Returns:
            where it listens; the same until `stop`, across restarts of the server.

        Raises:
            EmbeddedPostgresError: it cannot run here; the error says why and what to do.
        """
        with self._guard:
            if self._address is not None:
                return self._address
            self._started.clear()
            self._stopping.clear()
            self._failure = None
            try:
                mode = 0o711 if os.geteuid() == 0 else 0o700
                self._data_directory.mkdir(mode=mode, parents=True, exist_ok=True)
                self._address = self._lock_or_attach()
                if self._address is None:
                    self._address = self._start_owned()
                    self._owner_pid = os.getpid()
                    atexit.register(self.stop)
            except OSError as error:
                self._release()
                path = Path(error.filename or self._data_directory)
                raise storage_error(error, path) from error
            except BaseException:
                self._release()
                raise
            return self._address

    def stop(self) -> None:
        """Stop the server if it is ours; returns once it is gone. May be called twice."""
        with self._guard:
            self._address = None
            # A forked child carries a copy of this object, but the server is its parent's.
            if self._owner_pid == os.getpid():
                atexit.unregister(self.stop)
                self._owner_pid = None
                self._release()

    def is_running(self) -> bool:
        """Whether the server accepts connections now."""
        if self._address is None:
            return False
        file = PostmasterFile.read(self._cluster)
        return file is not None and file.is_ready and is_server_of(file.pid, self._cluster)

    @property
    def is_owner(self) -> bool:
        """Whether the server stops with this process; False when merely attached."""
        return self._owner_pid == os.getpid()

    @property
    def failure(self) -> Exception | None:
        """Why the last attempt to restart the server failed; None while all is well."""
        return self._failure

    def __enter__(self) -> Self:
        """Start the server; its address is what `start()` returns again."""
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the server if it is ours."""
        self.stop()

    def _lock_or_attach(self) -> PostgresAddress | None:
        """Take the directory's lock (None), or find the address of its owner's server."""
        descriptor = os.open(self._data_directory / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        self._lock_descriptor = descriptor
        deadline = time.monotonic() + _ATTACH_LIMIT_S
        while time.monotonic() < deadline:
            try:
                # The kernel lets go of it when we die, however we die.
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                address = self._address_of_running_server()
                if address is not None:
                    self._close_lock()
                    return address
            else:
                os.truncate(descriptor, 0)
                os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
                return None
            time.sleep(_ATTACH_POLL_S)
        owner = os.pread(descriptor, 32, 0).decode(errors="replace").strip()
        raise EmbeddedPostgresError(
            "locked",
            f"Process {owner or '?'} holds {self._data_directory}, but its server does not answer.",
            "Stop that process, or set KARAVAN_DATA_DIR to another directory.",
        )

    def _address_of_running_server(self) -> PostgresAddress | None:
        file = PostmasterFile.read(self._cluster)
        remembered = RememberedAddress.read(self._address_file)
        if file is None or remembered is None or not file.is_ready:
            return None
        # A copied directory carries the files of the original's server; that one is not ours.
        if file.port != remembered.port or not is_server_of(file.pid, self._cluster):
            return None
        if not answers(file.port):
            return None
        password = clusters.read_or_create_password(self._password_file, cluster_exists=True)
        return PostgresAddress(
            LOOPBACK, remembered.port, OWNER_ROLE, password, remembered.socket_directory
        )

    def _start_owned(self) -> PostgresAddress:
        """Prepare the directory, then let the supervising thread start the server."""
        account = choose_account(self._cluster)
        cluster_exists = clusters.check_version(self._cluster)
        programs = reachable_programs(account)
        password = clusters.read_or_create_password(
            self._password_file, cluster_exists=cluster_exists
        )
        if cluster_exists:
            clear_leftovers(self._cluster)
            clusters.adopt(self._cluster, account)
        remembered = RememberedAddress.read(self._address_file)
        if remembered is not None:
            # A run that was killed left it in the temporary directory.
            remove_socket_directory(Path(remembered.socket_directory), self._data_directory)
        self._socket_directory = make_socket_directory(self._data_directory, account)
        plan = _Plan(
            launch=Launch(account, self._tie),
            programs=programs,
            socket_directory=self._socket_directory,
            password=password,
            cluster_exists=cluster_exists,
            preferred_port=remembered.port if remembered else None,
        )
        self._thread = threading.Thread(
            target=self._supervise, args=(plan,), name="embedded-postgres", daemon=True
        )
        self._thread.start()
        self._started.wait()
        if self._failure is not None:
            raise self._failure
        assert self._port is not None
        place = RememberedAddress(self._port, str(self._socket_directory))
        place.write(self._address_file)
        return PostgresAddress(LOOPBACK, place.port, OWNER_ROLE, password, place.socket_directory)

    def _supervise(self, plan: _Plan) -> None:
        """Start the server and stay with it; the only thread that starts and stops it."""
        try:
            if not plan.cluster_exists:
                clusters.create_cluster(
                    self._cluster,
                    programs=plan.programs,
                    account=plan.launch.account,
                    password=plan.password,
                    private_directory=plan.socket_directory,
                    run=plan.launch.run,
                )
            self._start_on_free_port(plan)
        except StartAbandonedError:
            self._stop_postmaster()
            return
        except Exception as error:  # noqa: BLE001 - start() waits for it and raises it
            self._stop_postmaster()
            self._failure = error
            return
        finally:
            self._started.set()
        if self._durable and not plan.cluster_exists:
            # The new files were not forced to disk one by one; do it once, beside the first work.
            threading.Thread(target=os.sync, name="embedded-postgres-sync", daemon=True).start()
        try:
            self._keep_running(plan)
        finally:
            self._stop_postmaster()

    def _start_on_free_port(self, plan: _Plan) -> None:
        preferred = plan.preferred_port
        for _ in range(_PORT_ATTEMPTS):
            port = choose_port(preferred)
            try:
                self._launch(plan, port)
            except PortTakenError:
                preferred = None
                continue
            self._port = port
            return
        raise EmbeddedPostgresError(
            "no_port", "No free port was found on 127.0.0.1.", "Stop some other servers."
        )

    def _launch(self, plan: _Plan, port: int) -> None:
        options = clusters.server_options(
            port=port,
            socket_directory=plan.socket_directory,
            durable=self._durable,
            max_connections=self._max_connections,
        )
        path = clusters.path_for_server(self._cluster, plan.launch.account)
        self._postmaster = Postmaster(
            [str(plan.programs / "postgres"), "-D", path, *options],
            cluster=self._cluster,
            launch=plan.launch,
            log_file=self._log_file,
        )
        self._postmaster.wait_until_ready(self._stopping.is_set)

    def _keep_running(self, plan: _Plan) -> None:
        """Bring the server back whenever it dies, until it keeps dying."""
        deaths = 0
        started_at = time.monotonic()
        while self._wait_for_death():
            if time.monotonic() - started_at > _HEALTHY_AFTER_S:
                deaths = 0
            if deaths == len(_RESTART_PAUSES_S):
                break
            if self._stopping.wait(_RESTART_PAUSES_S[deaths]):
                return
            deaths += 1
            logger.warning("PostgreSQL died; restarting it (attempt %d)", deaths)
            started_at = time.monotonic()
            self._restart(plan)
        if not self._stopping.is_set():
            self._failure = self._failure or EmbeddedPostgresError(
                "keeps_dying",
                f"PostgreSQL died {deaths + 1} times in a row.",
                f"Its log is {self._log_file}.",
            )
            logger.error("PostgreSQL is not restarted any more: %s", self._failure)

    def _restart(self, plan: _Plan) -> None:
        """One attempt to bring the server back at the same address."""
        assert self._port is not None
        kill_sessions(self._cluster)
        try:
            # The same port, taken or not: callers already hold this address.
            self._launch(plan, self._port)
        except StartAbandonedError:
            return
        except PortTakenError:
            self._failure = EmbeddedPostgresError(
                "port_taken",
                f"Another program took port {self._port} while PostgreSQL restarted.",
                "Stop that program, or restart Karavan.",
            )
        except (EmbeddedPostgresError, OSError) as error:
            self._failure = error
        else:
            self._failure = None
            return
        logger.warning("PostgreSQL could not be restarted: %s", self._failure)

    def _wait_for_death(self) -> bool:
        """Wait until the server is dead (True) or no longer wanted (False)."""
        log_check_at = time.monotonic() + _LOG_CHECK_INTERVAL_S
        while self._postmaster is not None and self._postmaster.is_alive:
            if self._stopping.wait(_WATCH_INTERVAL_S):
                return False
            if time.monotonic() > log_check_at:
                rotate_log(self._log_file)
                log_check_at = time.monotonic() + _LOG_CHECK_INTERVAL_S
        return not self._stopping.is_set()

    def _stop_postmaster(self) -> None:
        if self._postmaster is not None:
            self._postmaster.stop()
            self._postmaster = None

    def _release(self) -> None:
        """Stop the thread (and with it the server), then let go of the directory."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        if self._socket_directory is not None:
            remove_socket_directory(self._socket_directory, self._data_directory)
            self._socket_directory = None
        self._close_lock()

    def _close_lock(self) -> None:
        if self._lock_descriptor is not None:
            os.close(self._lock_descriptor)
            self._lock_descriptor = None
