"""Looking at what a product says before buyers see it: by the automatic checks, and by a moderator where they find something."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.modules.catalogue.text_checks import check_texts, finding, review_policy
from karavan.modules.media.public import Severity, picture_findings

PENDING = "picture.pending"
"""A picture has not been looked at yet; its check follows within moments and asks again."""


async def findings_in(
    session: AsyncSession,
    *,
    names: Mapping[str, str],
    descriptions: Mapping[str, str],
    attributes: Mapping[str, Any],
    images: Sequence[Mapping[str, Any]],
    options: Sequence[str] = (),
) -> list[dict[str, str]]:
    """Everything in a product's content that a moderator should look at: `{"code", "field", "detail"}` each."""
    texts = {f"names/{code}": text for code, text in names.items()}
    texts |= {f"descriptions/{code}": text for code, text in descriptions.items()}
    texts |= {
        f"attributes/{code}": value for code, value in attributes.items() if isinstance(value, str)
    }
    texts |= {f"options/{index}": text for index, text in enumerate(options)}
    return [*check_texts(texts), *await _picture_findings(session, images)]


async def _picture_findings(
    session: AsyncSession, images: Sequence[Mapping[str, Any]]
) -> list[dict[str, str]]:
    if not images:
        return []
    reports = await picture_findings(session, [UUID(str(image["id"])) for image in images])
    found = []
    for index, image in enumerate(images):
        report = reports.get(UUID(str(image["id"])))
        if report is None or not report.checked:
            found.append(finding(PENDING, f"images/{index}", ""))
            continue
        found += [
            finding(one.code, f"images/{index}", _said(one.facts))
            for one in report.findings
            if one.severity is Severity.REVIEW
        ]
    return found


def _said(facts: Mapping[str, Any]) -> str:
    """What moderator and seller read beside the words of the finding: what was seen, in no language."""
    if "labels" in facts:
        return ", ".join(f"{one['label']} {one['score']:.0%}" for one in facts["labels"])
    if "codes" in facts:
        return ", ".join(str(one["text"]) for one in facts["codes"])
    if "width" in facts and "height" in facts:
        return f"{facts['width']} × {facts['height']}"
    return ", ".join(f"{name}: {value}" for name, value in sorted(facts.items()))


def needs_moderator(findings: Sequence[Mapping[str, Any]]) -> bool:
    """Whether somebody has to look: because of what was found, or because the operator wants to see everything."""
    return bool(findings) or review_policy().review == "all"
