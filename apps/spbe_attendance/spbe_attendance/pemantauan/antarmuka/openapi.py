"""The description of the interface, OpenAPI 3.1, made of the endpoints' own types and docstrings: there is nothing to keep in step."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import models_json_schema

from spbe_attendance import __version__
from spbe_attendance.pemantauan.antarmuka import models
from spbe_attendance.pemantauan.antarmuka.serving import OPERATIONS, Operation

REFERENCE = "#/components/schemas/{model}"
REFUSALS = {
    "400": "A parameter is unknown, missing or not valid.",
    "401": "No key, or a wrong one.",
    "403": "The key does not open this, reaches other units, is switched off or has run out.",
    "417": "What was asked for cannot be answered.",
    "429": "More requests in this minute than the key has; Retry-After says how many seconds to wait.",
    "503": "The server is busy: try again.",
}


def describe() -> dict[str, Any]:
    """The document as a dict, ready for JSON."""
    operations = sorted(OPERATIONS.values(), key=lambda one: one.name)
    kinds = [(one.answers, "serialization") for one in operations] + [(models.Refusal, "serialization")]
    _where, schemas = models_json_schema(kinds, by_alias=True, ref_template=REFERENCE)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "SPBE Absensi",
            "version": __version__,
            "summary": "Attendance of a regency, for its other systems: numbers, never persons.",
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        },
        "servers": [{"url": "/api/method"}],
        "security": [{"kunci": []}],
        "tags": [{"name": one} for one in dict.fromkeys(operation.scope for operation in operations)],
        "paths": {f"/{one.name}": {"get": operation_of(one)} for one in operations},
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {
                "kunci": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "Authorization",
                    "description": "``token <key>:<secret>`` of a Kunci API.",
                }
            },
        },
    }


def operation_of(one: Operation) -> dict[str, Any]:
    first, _gap, rest = one.words.strip().partition("\n")
    return {
        "operationId": one.name.rpartition(".")[2],
        "tags": [one.scope],
        "summary": first.strip(),
        **({"description": rest.strip()} if rest.strip() else {}),
        "parameters": parameters(one),
        "responses": {"200": answered(one), **{code: refused(words) for code, words in REFUSALS.items()}},
    }


def parameters(one: Operation) -> list[dict[str, Any]]:
    schema = one.asks.model_json_schema(ref_template=REFERENCE)
    needed = schema.get("required", [])
    return [
        {
            "name": name,
            "in": "query",
            "required": name in needed,
            "description": field.pop("description", ""),
            "schema": plain(field),
        }
        for name, field in schema.get("properties", {}).items()
    ]


def plain(field: dict[str, Any]) -> dict[str, Any]:
    """An address cannot say null: what is left out is."""
    choices = [one for one in field.pop("anyOf", []) if one.get("type") != "null"]
    found = {**field, **(choices[0] if choices else {})}
    if found.get("default", ...) is None:
        del found["default"]
    return found


def answered(one: Operation) -> dict[str, Any]:
    schema = {
        "type": "object",
        "properties": {"message": {"$ref": REFERENCE.format(model=one.answers.__name__)}},
        "required": ["message"],
    }
    return {"description": "What was asked for.", "content": {"application/json": {"schema": schema}}}


def refused(words: str) -> dict[str, Any]:
    schema = {"$ref": REFERENCE.format(model=models.Refusal.__name__)}
    return {"description": words, "content": {"application/json": {"schema": schema}}}
