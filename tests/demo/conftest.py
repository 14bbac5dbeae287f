"""Servers that end with their test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from tui.demo import company
from tui.demo.server import DemoServer


@dataclass(slots=True)
class Person:
    """Somebody signed in: calls go to /api/v4 with their token."""

    server: DemoServer
    name: str
    http: httpx.Client = field(init=False)
    id: str = field(init=False)
    token: str = field(init=False)

    def __post_init__(self) -> None:
        self.http = httpx.Client(base_url=self.server.url + "/api/v4", trust_env=False)
        body = {"login_id": self.name, "password": self.name}
        response = self.http.post("/users/login", json=body)
        response.raise_for_status()
        self.id, self.token = response.json()["id"], response.headers["token"]
        self.http.headers["Authorization"] = f"Bearer {self.token}"

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.http.get(path, **more)

    def post(self, path: str, body: Any = None) -> httpx.Response:
        return self.http.post(path, json=body)

    def close(self) -> None:
        self.http.close()


@pytest.fixture
def server() -> Iterator[DemoServer]:
    """Three people in one team."""
    server = DemoServer(3, company.small)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def anna(server: DemoServer) -> Iterator[Person]:
    person = Person(server, "anna")
    yield person
    person.close()
