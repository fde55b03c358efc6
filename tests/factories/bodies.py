"""Bodies that the OpenAPI document allows, made from its schemas: every field filled, identifiers as one wishes."""

from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import FastAPI

from tests.factories.procurement import in_days

_BY_PATTERN = {
    "^[A-Z]{3}$": "KZT",
    "^[A-Z]{2}$": "KZ",
    "^[0-9a-f]{64}$": "0" * 64,
    "^[A-Z0-9]{1,3}$": "H87",
    "^\\+?[0-9][0-9 ()\\-]{4,30}$": "+7 727 123 45 67",
}
_BY_FORMAT = {
    "date": "2031-05-01",
    "email": "somebody@example.org",
    "binary": "file",
}
_BY_NAME = {
    "locale": "en",
    "language": "en",
    "theme": "light",
    "website": "https://example.org",
    "approver_role": "owner",
    "barcode": "4006381333931",
    "time_zone": "Asia/Almaty",
}
_PLURALS = {
    "attachment_ids": "media_id",
    "media_ids": "media_id",
    "organisation_ids": "organisation_id",
    "quote_ids": "quote_id",
}


_documents: list[dict[str, Any]] = []


def document_of(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, made once: every application that a test creates would make the same, in seconds."""
    if not _documents:
        _documents.append(app.openapi())
    return _documents[0]


class Bodies:
    """Builds example bodies of one document.

    Args:
        document: the OpenAPI document.
        ids: values of fields that hold identifiers, by the field's name.
        text: what stands in free texts.
    """

    def __init__(
        self, document: Mapping[str, Any], ids: Mapping[str, str], text: str = "Text"
    ) -> None:
        self.components = document["components"]["schemas"]
        self.ids = ids
        self.text = text

    def of(self, operation: Mapping[str, Any]) -> Any:
        """The JSON body of an operation; nothing when it takes none."""
        content = operation.get("requestBody", {}).get("content", {})
        if "application/json" not in content:
            return None
        return self.example(content["application/json"]["schema"], "")

    def example(self, schema: Mapping[str, Any], name: str) -> Any:
        """A value of `schema` for the field `name`."""
        if "$ref" in schema:
            schema = self.components[schema["$ref"].rsplit("/", 1)[-1]]
        for union in ("anyOf", "oneOf", "allOf"):
            if union in schema:
                return self.example(schema[union][0], name)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return schema["enum"][0]
        match schema.get("type"):
            case "object":
                fields = schema.get("properties", {})
                if schema.get("minProperties"):
                    fields = {"en": schema["additionalProperties"]}
                return {key: self.example(one, key) for key, one in fields.items()}
            case "array":
                return [self.example(schema.get("items", {}), _PLURALS.get(name, name))]
            case "integer" | "number":
                return max(schema.get("minimum", 1), schema.get("exclusiveMinimum", 0) + 1)
            case "boolean":
                return schema.get("default", False)
            case _:
                return self._text(schema, name)

    def _text(self, schema: Mapping[str, Any], name: str) -> str:
        match schema.get("format"):
            case "uuid":
                return self.ids.get(name) or self.ids["request_id"]
            case "date-time":
                return in_days(20)
            case str(kind) if kind in _BY_FORMAT:
                return _BY_FORMAT[kind]
        if name in _BY_NAME:
            return _BY_NAME[name]
        pattern = schema.get("pattern")
        if pattern is not None:
            return _BY_PATTERN.get(pattern, "1")
        return self.ids.get(name) or self.text


def leaves(body: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every scalar of a body with the way to it."""
    if isinstance(body, dict):
        for key, value in body.items():
            yield from leaves(value, (*path, key))
    elif isinstance(body, list):
        for index, value in enumerate(body):
            yield from leaves(value, (*path, index))
    else:
        yield path, body


def replaced(body: Any, path: tuple[Any, ...], value: Any) -> Any:
    """A copy of the body with another value at one place."""
    if not path:
        return value
    head, *rest = path
    if isinstance(body, dict):
        return {k: replaced(v, tuple(rest), value) if k == head else v for k, v in body.items()}
    return [replaced(v, tuple(rest), value) if i == head else v for i, v in enumerate(body)]


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, path template and description of every operation."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation
