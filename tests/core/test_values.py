"""Our dataclass against the standard library's: the same classes, made by both, behave the same."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field, fields, replace
from typing import Any, ClassVar, Generic, TypeVar

import pytest

from tui.core import values

T = TypeVar("T")
Decorator = Callable[..., Any]

BOTH = pytest.mark.parametrize("dataclass", [dataclasses.dataclass, values.dataclass], ids=["std", "ours"])


def point(dataclass: Decorator) -> Any:
    @dataclass(frozen=True, slots=True)
    class Point:
        """A doc."""

        KIND: ClassVar[str] = "point"
        x: int
        y: int = 0
        tags: list[str] = field(default_factory=list, compare=False)
        secret: str = field(default="", repr=False)
        key: str = field(default="p", init=False)

        @property
        def both(self) -> tuple[int, int]:
            return self.x, self.y

    return Point


def box(dataclass: Decorator) -> Any:
    @dataclass
    class Box:
        size: int
        content: list[int] = field(default_factory=list)
        area: int = field(init=False)

        def __post_init__(self) -> None:
            self.area = self.size**2

    return Box


@dataclasses.dataclass(frozen=True, slots=True)
class TheirPair(Generic[T]):
    left: T
    right: int = 2


@values.dataclass(frozen=True, slots=True)
class OurPair(Generic[T]):
    left: T
    right: int = 2


@BOTH
def test_takes_arguments_and_defaults(dataclass: Decorator) -> None:
    made = point(dataclass)(1, secret="s")
    assert (made.x, made.y, made.tags, made.secret, made.key, made.KIND) == (1, 0, [], "s", "p", "point")
    assert made.both == (1, 0)
    assert point(dataclass)(1).tags is not point(dataclass)(1).tags


@BOTH
def test_refuses_wrong_arguments(dataclass: Decorator) -> None:
    for words, named in (((), {}), ((1, 2, [], "", "key"), {}), ((1,), {"z": 1}), ((1,), {"key": "k"})):
        with pytest.raises(TypeError, match="__init__"):
            point(dataclass)(*words, **named)


@BOTH
def test_is_equal_by_value_and_hashes_so(dataclass: Decorator) -> None:
    kind = point(dataclass)
    assert kind(1, 2) == kind(1, 2, ["not compared"])
    assert hash(kind(1, 2)) == hash(kind(1, 2, ["not compared"]))
    assert kind(1, 2) != kind(1, 3)
    assert kind(1, 2) != (1, 2, "", "p")
    with pytest.raises(TypeError):
        hash(box(dataclass)(1))


@BOTH
def test_shows_itself_without_what_is_hidden(dataclass: Decorator) -> None:
    assert repr(point(dataclass)(1, secret="s")).endswith("Point(x=1, y=0, tags=[], key='p')")


@BOTH
def test_is_frozen_and_slotted(dataclass: Decorator) -> None:
    made = point(dataclass)(1)
    with pytest.raises(FrozenInstanceError):
        made.x = 2
    with pytest.raises(FrozenInstanceError):
        del made.x
    assert not hasattr(made, "__dict__")
    assert made.__slots__ == ("x", "y", "tags", "secret", "key")


@BOTH
def test_the_mutable_kind_computes_after_init(dataclass: Decorator) -> None:
    made = box(dataclass)(3)
    made.size = 4
    made.extra = 1
    assert (made.size, made.area, made.content) == (4, 9, [])


@BOTH
def test_replace_fields_asdict_and_match(dataclass: Decorator) -> None:
    made = point(dataclass)(1, 2)
    assert replace(made, y=5).both == (1, 5)
    assert [one.name for one in fields(made)] == ["x", "y", "tags", "secret", "key"]
    assert dataclasses.asdict(made) == {"x": 1, "y": 2, "tags": [], "secret": "", "key": "p"}
    assert type(made).__match_args__ == ("x", "y", "tags", "secret")
    with pytest.raises(ValueError, match="init=False"):
        replace(made, key="k")


@BOTH
def test_inherits_fields_in_order(dataclass: Decorator) -> None:
    base = point(dataclass)

    @dataclass(frozen=True, slots=True)
    class Space(base):  # type: ignore[misc, valid-type]
        z: int = 7
        y: int = 9

    made = Space(1)
    assert (made.x, made.y, made.z) == (1, 9, 7)
    assert [one.name for one in fields(made)] == ["x", "y", "tags", "secret", "key", "z"]
    assert base(1).y == 0


@BOTH
def test_keeps_what_the_class_defines_itself(dataclass: Decorator) -> None:
    @dataclass(frozen=True, slots=True)
    class Quiet:
        token: str

        def __repr__(self) -> str:
            return "Quiet"

    assert repr(Quiet("secret")) == "Quiet"


@BOTH
def test_a_shared_default_is_refused(dataclass: Decorator) -> None:
    with pytest.raises(ValueError, match="mutable default"):

        @dataclass
        class Shared:
            names: list[str] = []  # noqa: RUF012 - it is what is tested


@BOTH
def test_takes_every_other_option(dataclass: Decorator) -> None:
    @dataclass(order=True, slots=True)
    class Ranked:
        rank: int
        name: str = field(default="", kw_only=True)

    assert Ranked(1) < Ranked(2, name="b")
    with pytest.raises(TypeError):
        Ranked(1, "b")  # type: ignore[call-arg]


@BOTH
def test_keyword_only_fields_work(dataclass: Decorator) -> None:
    @dataclass(frozen=True, slots=True)
    class Named:
        name: str = field(kw_only=True)

    assert Named(name="n").name == "n"


@pytest.mark.parametrize("kind", [TheirPair, OurPair])
def test_is_copied_and_pickled(kind: Any) -> None:
    pair = kind("l", 3)
    assert copy.deepcopy(pair) == pair
    assert pickle.loads(pickle.dumps(pair)) == pair


def test_an_undecorated_heir_is_made_like_its_base() -> None:
    class Heir(OurPair[int]):
        """Nothing of its own."""

    assert Heir(1).right == 2
    assert Heir(1) != OurPair(1)
    assert OurPair(1) == OurPair(1, 2)
