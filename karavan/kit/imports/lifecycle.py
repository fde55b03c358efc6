"""The lifecycle of an import, the same for everything that is imported."""

from uuid import UUID

from karavan.kit.authz import Permission
from karavan.kit.imports.models import ImportRun
from karavan.kit.imports.models import ImportState as S
from karavan.kit.lifecycle import Lifecycle, Transition

_OWNER = frozenset({"owner"})
_SYSTEM = frozenset({"system"})


def _party_of(run: ImportRun, organisation_id: UUID) -> str | None:
    return "owner" if run.organisation_id == organisation_id else None


def import_lifecycle(name: str, permission: Permission) -> Lifecycle[ImportRun]:
    """The lifecycle of one kind of import.

    Args:
        name: noun in the singular, such as `product_import`.
        permission: what a person needs who imports.
    """
    by_person: list[Transition[ImportRun]] = [
        Transition(
            name=transition,
            event=event,
            sources=frozenset(sources),
            # Another sheet or head has to be read anew.
            targets=(target, S.READING) if transition == "map" else (target,),
            parties=_OWNER,
            permission=permission,
        )
        for transition, event, sources, target in (
            ("map", "mapped", {S.DRAFT, S.CHECKED, S.FAILED}, S.DRAFT),
            ("check", "check_started", {S.DRAFT, S.CHECKED}, S.CHECKING),
            ("start", "started", {S.DRAFT, S.CHECKED}, S.RUNNING),
            # Goes on behind the last row that was dealt with.
            ("resume", "resumed", {S.FAILED, S.CANCELLED}, S.RUNNING),
            (
                "cancel",
                "cancelled",
                {S.READING, S.DRAFT, S.CHECKING, S.CHECKED, S.RUNNING},
                S.CANCELLED,
            ),
        )
    ]
    by_system: list[Transition[ImportRun]] = [
        Transition(
            name=transition,
            event=event,
            sources=frozenset(sources),
            targets=(target,),
            parties=_SYSTEM,
            permission=None,
        )
        for transition, event, sources, target in (
            ("recognise", "recognised", {S.READING}, S.DRAFT),
            ("report", "checked", {S.CHECKING}, S.CHECKED),
            ("finish", "finished", {S.RUNNING}, S.FINISHED),
            ("fail", "failed", {S.READING, S.CHECKING, S.RUNNING}, S.FAILED),
        )
    ]
    return Lifecycle(
        name=name,
        states=S,
        initial=S.READING,
        party_of=_party_of,
        parties_of=lambda run: {"owner": run.organisation_id},
        label_of=lambda run: run.file_name,
        transitions=(*by_person, *by_system),
    )
