"""The shared cache, which the site can do without: one that fails is an empty one.

Nobody waits for it: after an answer that did not come within TIMEOUT it is left alone for AWAY.
"""

import logging
from collections.abc import Callable, Iterable
from functools import wraps
from threading import Lock
from time import monotonic
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

TIMEOUT = 0.2  # seconds
AWAY = 15.0

logger = logging.getLogger(__name__)


def _or(empty: Callable[..., Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A method of the cache that gives what `empty` returns for the same arguments where the cache
    does not answer."""

    def forgiving(method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def asking(self: "SharedCache", *args: Any, **kwargs: Any) -> Any:
            if monotonic() < self.away_until:
                return empty(*args, **kwargs)
            try:
                return method(self, *args, **kwargs)
            except (RedisError, OSError) as error:
                self.stay_away(error)
                return empty(*args, **kwargs)

        return asking

    return forgiving


def _missing(key: Any, *_args: Any, **_kwargs: Any) -> int:
    """As Django's caches say that a number to count up is not there."""
    raise ValueError(f"Key {key!r} not found")


class SharedCache(RedisCache):
    """Redis, forgiven: reading finds nothing and writing does nothing while it is away."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = {
            "socket_timeout": TIMEOUT,
            "socket_connect_timeout": TIMEOUT,
            "retry": Retry(NoBackoff(), 0),
        }
        super().__init__(server, params | {"OPTIONS": options | params.get("OPTIONS", {})})
        self._lock = Lock()

    _away_until = 0.0  # of the process: Django makes an object of this for each thread

    @property
    def away_until(self) -> float:
        """Until when nothing is asked, by `time.monotonic`."""
        return SharedCache._away_until

    def stay_away(self, error: Exception) -> None:
        """Ask nothing for a while, and say so once."""
        SharedCache._away_until = monotonic() + AWAY
        logger.warning("The shared cache does not answer (%s): left alone for a while.", error)

    @_or(lambda *args, **kwargs: False)
    def add(self, *args: Any, **kwargs: Any) -> bool:
        return super().add(*args, **kwargs)

    @_or(lambda key, default=None, version=None: default)
    def get(self, *args: Any, **kwargs: Any) -> Any:
        return super().get(*args, **kwargs)

    @_or(lambda *args, **kwargs: None)
    def set(self, *args: Any, **kwargs: Any) -> None:
        super().set(*args, **kwargs)

    @_or(lambda *args, **kwargs: False)
    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return super().touch(*args, **kwargs)

    @_or(lambda *args, **kwargs: False)
    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return super().delete(*args, **kwargs)

    @_or(lambda *args, **kwargs: {})
    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        return super().get_many(keys, version)

    @_or(lambda data, *args, **kwargs: [*data])
    def set_many(self, data: dict[str, Any], *args: Any, **kwargs: Any) -> list[str]:
        return super().set_many(data, *args, **kwargs)

    @_or(lambda *args, **kwargs: None)
    def delete_many(self, *args: Any, **kwargs: Any) -> None:
        super().delete_many(*args, **kwargs)

    @_or(lambda *args, **kwargs: False)
    def has_key(self, *args: Any, **kwargs: Any) -> bool:
        return super().has_key(*args, **kwargs)

    @_or(_missing)
    def incr(self, *args: Any, **kwargs: Any) -> int:
        return super().incr(*args, **kwargs)

    @_or(lambda *args, **kwargs: False)
    def clear(self) -> Any:
        return super().clear()
