"""The API's own description (OpenAPI 3.1), and requests read by it: document and behaviour cannot part."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from tjkg.web.protocol import ProtocolError

__all__ = ["body", "document", "operation", "parameters"]

Schema = Mapping[str, Any]
_BOOLEANS = {"true": True, "false": False}


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The document."""
    found: dict[str, Any] = json.loads((Path(__file__).parent / "openapi.json").read_text("utf-8"))
    return found


def operation(path: str, method: str) -> dict[str, Any] | None:
    """The operation of a path and method; None: no such one."""
    found: dict[str, Any] | None = document()["paths"].get(path, {}).get(method.lower())
    return found


def _wrong(name: str, why: str) -> ProtocolError:
    return ProtocolError(400, f"参数 {name} {why}", "见 /api/openapi.json")


def _resolved(parameter: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" in parameter:
        found: Mapping[str, Any] = document()["components"]["parameters"][parameter["$ref"].rpartition("/")[2]]
        return found
    return parameter


def _checked(name: str, value: Any, schema: Schema) -> Any:
    """A value that the schema allows. Raises ProtocolError 400."""
    kind = schema.get("type")
    if kind == "object":
        return _object(name, value, schema)
    if kind == "boolean":
        if not isinstance(value, bool):
            raise _wrong(name, "应是 true 或 false")
        return value
    if not isinstance(value, str):
        raise _wrong(name, "应是文字")
    if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", 10_000):
        raise _wrong(name, f"应有 {schema.get('minLength', 0)} 至 {schema.get('maxLength', 10_000)} 个字符")
    if "enum" in schema and value not in schema["enum"]:
        raise _wrong(name, f"只能是 {'、'.join(schema['enum'])}")
    if "pattern" in schema and not re.search(schema["pattern"].replace("$", r"\Z"), value):
        raise _wrong(name, "的写法不对")
    return value


def _object(name: str, value: Any, schema: Schema) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(name, "应是对象")
    known = schema.get("properties", {})
    if missing := [key for key in schema.get("required", ()) if key not in value]:
        raise _wrong(missing[0], "没有给出")
    if len(value) > schema.get("maxProperties", 1000):
        raise _wrong(name, "的键太多")
    if schema.get("additionalProperties") is False and (unknown := value.keys() - known.keys()):
        raise _wrong("、".join(sorted(unknown))[:80], "不认识")
    return {key: _checked(key, of, known[key]) if key in known else of for key, of in value.items()}


def _text_value(name: str, texts: list[str], schema: Schema) -> Any:
    if schema["type"] == "array":
        if len(texts) > schema.get("maxItems", 1000):
            raise _wrong(name, f"最多 {schema['maxItems']} 个")
        return [_checked(name, text, schema["items"]) for text in texts]
    if len(texts) > 1:
        raise _wrong(name, "给了不止一次")
    if schema["type"] == "boolean":
        return _checked(name, _BOOLEANS.get(texts[0], texts[0]), schema)
    return _checked(name, texts[0], schema)


def parameters(of: Mapping[str, Any], pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The arguments of an operation from the pairs of a query string.

    Raises:
        ProtocolError: 400, a parameter that is missing, unknown, repeated or not as its schema says.
    """
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    found: dict[str, Any] = {}
    rest = of.get("x-rest")
    for parameter in map(_resolved, of.get("parameters", ())):
        name = parameter["name"]
        if name == rest:
            continue
        if name in given:
            found[name] = _text_value(name, given.pop(name), parameter["schema"])
        elif parameter["required"]:
            raise _wrong(name, "没有给出")
    if rest:
        schema = next(p["schema"] for p in map(_resolved, of["parameters"]) if p["name"] == rest)
        found[rest] = {n: _text_value(n, texts, schema["additionalProperties"]) for n, texts in given.items()}
    elif given:
        raise _wrong("、".join(sorted(given))[:80], "不认识")
    return found


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no JSON")


def body(of: Mapping[str, Any], content_type: str, data: bytes) -> dict[str, Any]:
    """The arguments of an operation from a JSON body.

    Raises:
        ProtocolError: 415 not JSON by its type, 400 not JSON or not as its schema says.
    """
    if content_type.partition(";")[0].strip().lower() != "application/json":
        raise ProtocolError(415, "内容类型应是 application/json (unsupported content type)", "请设 Content-Type")
    try:
        value = json.loads(data.decode("utf-8"), parse_constant=_no_number)
        json.dumps(value, ensure_ascii=False).encode("utf-8")  # a lone half of a surrogate pair is no text
    except (ValueError, RecursionError):
        raise ProtocolError(400, "不是正确的 JSON (not JSON)", "请检查括号和引号") from None
    return _object("body", value, of["requestBody"]["content"]["application/json"]["schema"])
