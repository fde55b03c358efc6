"""Implementations of ports: chosen once by the composition root, found by their port."""

from typing import Any, Generic, TypeVar

ServiceT = TypeVar("ServiceT")


class Port(Generic[ServiceT]):
    """The name of a need: `MAIL_TRANSPORT = Port[MailTransport]("mail transport")`."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"Port({self.name!r})"


class Services:
    """What jobs and endpoints reach the outside through.

    Use: `services.provide(MAIL_TRANSPORT, SmtpTransport(settings.smtp))` where the program is put together, and
    `services[MAIL_TRANSPORT]` where mail is sent.
    """

    def __init__(self) -> None:
        self._provided: dict[Port[Any], Any] = {}

    def provide(self, port: Port[ServiceT], service: ServiceT) -> None:
        """Choose the implementation of a port; a later choice replaces an earlier one."""
        self._provided[port] = service

    def __getitem__(self, port: Port[ServiceT]) -> ServiceT:
        if port not in self._provided:
            raise LookupError(f"the composition root has provided nothing for {port.name}")
        service: ServiceT = self._provided[port]
        return service

    def __contains__(self, port: object) -> bool:
        return port in self._provided
