"""`dataclass` as the standard library has it, for a fraction of the cost at import.

The standard one compiles up to eight functions for every class at once: 0.2 s of a start, for the 280 classes
that are loaded before the first frame, most of which get no instance by then. This one shares what is the
same for all (equality, hash, repr, frozenness) and compiles `__init__` when the first instance is made.

Invariant: type checkers, `dataclasses.replace`, `fields`, `asdict` and `match` see no difference; options
that are not dealt with here go to the standard decorator.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError
from operator import attrgetter
from typing import TYPE_CHECKING, Any

_CLASS_VARIABLE = ("ClassVar", "typing.ClassVar")
_NOT_HERE = ("InitVar", "KW_ONLY", "dataclasses.")
_OURS = "__dataclass_blueprint__"


def _dataclass(
    cls: type | None = None, /, *, frozen: bool = False, slots: bool = False, eq: bool = True, **more: Any
) -> Any:
    """Decorator. `frozen`, `slots` and `eq` are as in the standard library, and so is anything else."""

    def decorate(plain: type) -> type:
        if more or not _is_simple(plain):
            return dataclasses.dataclass(frozen=frozen, slots=slots, eq=eq, **more)(plain)
        return _Blueprint(plain).build(frozen=frozen, slots=slots, eq=eq)

    return decorate if cls is None else decorate(cls)


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    dataclass = _dataclass


def _is_simple(plain: type) -> bool:
    """Whether we know all that this class asks for."""
    kinds = inspect.get_annotations(plain).values()
    fields = [value for value in plain.__dict__.values() if isinstance(value, Field)]
    standard = ("__dataclass_fields__" in base.__dict__ for base in plain.__mro__ if not hasattr(base, _OURS))
    return (
        not any(str(kind).startswith(_NOT_HERE) for kind in kinds)
        and not any(field.kw_only is True for field in fields)
        and not any(standard)
    )


class _Blueprint:
    """The fields of a class, those of its bases first."""

    def __init__(self, plain: type) -> None:
        self._plain = plain
        self._frozen = False
        own = inspect.get_annotations(plain)
        self._own = [name for name, kind in own.items() if not str(kind).startswith(_CLASS_VARIABLE)]
        self._annotations: dict[str, Any] = {}
        self._defaults: dict[str, Any] = {}
        for base in reversed(plain.__mro__[1:]):
            known = base.__dict__.get(_OURS)
            if known is not None:
                self._annotations |= known._annotations
                self._defaults |= known._defaults
        for name in self._own:
            self._annotations[name] = own[name]
            if name in plain.__dict__:
                self._defaults[name] = _unshared(name, plain.__dict__[name])

    def build(self, *, frozen: bool, slots: bool, eq: bool) -> type:
        """The finished class."""
        self._frozen = frozen
        added = self._methods(frozen=frozen, slots=slots, eq=eq)
        if slots:
            return self._slotted(added)
        for name in self._own:
            self._leave_plain_default(name)
        for name, value in added.items():
            setattr(self._plain, name, value)
        return self._plain

    def _methods(self, *, frozen: bool, slots: bool, eq: bool) -> dict[str, Any]:
        """What the class gets that it does not define itself."""
        added: dict[str, Any] = {"__init__": self._first_init(frozen), "__repr__": _repr}
        if eq:
            values = self._values()
            added |= {"__eq__": _equality(values), "__hash__": _hash_of(values) if frozen else None}
        if frozen:
            added |= {"__setattr__": _refuse_setting, "__delattr__": _refuse_deleting}
            if slots:
                added |= {"__getstate__": _getstate, "__setstate__": _setstate}
        added = {name: value for name, value in added.items() if name not in self._plain.__dict__}
        return added | {
            "__match_args__": tuple(name for name in self._annotations if self._flag(name, "init")),
            _OURS: self,
            "__dataclass_fields__": _Late("__dataclass_fields__"),
            "__dataclass_params__": _Late("__dataclass_params__"),
        }

    def _slotted(self, added: dict[str, Any]) -> type:
        """A class anew, for `__slots__` cannot be given to one that exists."""
        body = {
            name: value
            for name, value in self._plain.__dict__.items()
            if name not in self._own and name not in ("__dict__", "__weakref__")
        }
        body |= added
        body["__slots__"] = tuple(self._own)
        made = type(self._plain)(self._plain.__name__, self._plain.__bases__, body)
        made.__qualname__ = self._plain.__qualname__
        return made

    def _leave_plain_default(self, name: str) -> None:
        default = self._defaults.get(name)
        if isinstance(default, Field):
            if default.default is MISSING:
                delattr(self._plain, name)
            else:
                setattr(self._plain, name, default.default)

    def _flag(self, name: str, flag: str) -> Any:
        default = self._defaults.get(name)
        return getattr(default, flag) if isinstance(default, Field) else True

    def _values(self) -> Callable[[Any], Any]:
        names = [name for name in self._annotations if self._flag(name, "compare")]
        return attrgetter(*names) if names else lambda _value: ()

    def shown(self) -> list[str]:
        """Names of the fields that `repr` shows."""
        return [name for name in self._annotations if self._flag(name, "repr")]

    def names(self) -> list[str]:
        return list(self._annotations)

    def standard(self) -> Any:
        """A class of the standard library's with the same fields, which nobody ever makes an instance of."""
        body = {"__annotations__": self._annotations, "__module__": self._plain.__module__, **self._defaults}
        twin = type(self._plain.__name__, (), body)
        return dataclasses.dataclass(init=False, repr=False, eq=False, frozen=self._frozen)(twin)

    def _first_init(self, frozen: bool) -> Callable[..., None]:
        """An `__init__` that puts the real one into its place when it is first called."""

        def __init__(self_: Any, /, *args: Any, **kwargs: Any) -> None:
            init = self._init(frozen)
            owner = next(one for one in type(self_).__mro__ if one.__dict__.get("__init__") is __init__)
            init.__qualname__ = f"{owner.__qualname__}.__init__"
            owner.__init__ = init  # type: ignore[misc]
            init(self_, *args, **kwargs)

        return __init__

    def _init(self, frozen: bool) -> Callable[..., None]:
        """The compiled `__init__`."""
        known: dict[str, Any] = {"MISSING": MISSING, "_set": object.__setattr__}
        arguments, lines = ["self"], []
        for name in self._annotations:
            argument, value = self._argument(name, known)
            arguments += argument
            if value:
                lines.append(f" _set(self, {name!r}, {value})" if frozen else f" self.{name} = {value}")
        if hasattr(self._plain, "__post_init__"):
            lines.append(" self.__post_init__()")
        source = f"def __init__({', '.join(arguments)}):\n" + ("\n".join(lines) or " pass")
        exec(source, known)  # noqa: S102 - made of field names alone, as the standard library does
        return known["__init__"]  # type: ignore[no-any-return]

    def _argument(self, name: str, known: dict[str, Any]) -> tuple[list[str], str]:
        """The argument of a field ([] for none) and what is assigned to it ("" for nothing)."""
        if name not in self._defaults:
            return [name], name
        default = self._defaults[name]
        factory = default.default_factory if isinstance(default, Field) else MISSING
        plain = default.default if isinstance(default, Field) else default
        if factory is not MISSING:
            known[f"_make_{name}"] = factory
            made = f"_make_{name}()"
            if not self._flag(name, "init"):
                return [], made
            return [f"{name}=MISSING"], f"{made} if {name} is MISSING else {name}"
        if plain is MISSING:
            return ([name], name) if self._flag(name, "init") else ([], "")
        known[f"_default_{name}"] = plain
        if not self._flag(name, "init"):
            return [], f"_default_{name}"
        return [f"{name}=_default_{name}"], name


def _unshared(name: str, default: Any) -> Any:
    if default.__class__.__hash__ is None:
        raise ValueError(
            f"mutable default {type(default)} for field {name} is not allowed: use default_factory"
        )
    return default


class _Late:
    """What only `dataclasses.fields`, `replace` and their like look at: made when they do."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, _instance: object, owner: type) -> Any:
        definer = next(one for one in owner.__mro__ if one.__dict__.get(self._name) is self)
        value = getattr(definer.__dict__[_OURS].standard(), self._name)
        setattr(definer, self._name, value)
        return value


def _equality(values: Callable[[Any], Any]) -> Callable[[Any, object], Any]:
    def __eq__(self: Any, other: object) -> Any:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    return __eq__


def _hash_of(values: Callable[[Any], Any]) -> Callable[[Any], int]:
    def __hash__(self: Any) -> int:
        return hash(values(self))

    return __hash__


def _blueprint(value: Any) -> _Blueprint:
    return getattr(value, _OURS)  # type: ignore[no-any-return]


def _repr(self: Any) -> str:
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in _blueprint(self).shown())
    return f"{type(self).__qualname__}({shown})"


def _refuse_setting(_self: Any, name: str, _value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deleting(_self: Any, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _getstate(self: Any) -> list[Any]:
    return [getattr(self, name) for name in _blueprint(self).names()]


def _setstate(self: Any, state: list[Any]) -> None:
    for name, value in zip(_blueprint(self).names(), state, strict=True):
        object.__setattr__(self, name, value)
