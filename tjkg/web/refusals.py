"""Why a request got no answer, each with its HTTP status and its sentence in two languages."""

from __future__ import annotations

from tjkg.errors import TjkgError

__all__ = ["Broken", "Busy", "Refusal", "TooDeep", "TooLarge", "TooLong"]


class Refusal(TjkgError):
    """status: of HTTP; retry: seconds after which it may go better (Retry-After), if that is so."""

    status = 500
    retry: int | None = None


class Busy(Refusal):
    """No room or no time in the waiting line."""

    status = 503

    def __init__(self, retry: int) -> None:
        self.retry = retry
        super().__init__("服务器正忙 (the server is busy)", cure=f"请 {retry} 秒后再试 (try again in {retry} s)")


class TooLong(Refusal):
    """The time limit stopped it."""

    status = 504

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"查询超过 {seconds:g} 秒，已停止 (the query was stopped after {seconds:g} s)",
            cure="请缩小查询 (narrow the query)",
        )


class TooLarge(Refusal):
    """The memory limit stopped it."""

    status = 507

    def __init__(self) -> None:
        super().__init__(
            "查询需要的内存超过上限，已停止 (the query needed more memory than allowed)",
            cure="请缩小查询 (narrow the query)",
        )


class TooDeep(Refusal):
    """It ended its worker: nested too deep for the engine."""

    status = 400

    def __init__(self) -> None:
        super().__init__("查询使引擎出错，已停止 (the query broke the engine)", cure="请简化查询 (simplify the query)")


class Broken(Refusal):
    """A fault of ours."""

    status = 500

    def __init__(self) -> None:
        super().__init__("服务器内部错误 (internal error)", cure="请告知维护者 (please tell the maintainers)")
