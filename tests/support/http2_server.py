"""A server on loopback that speaks HTTP/2 over TLS and answers everything alike."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import DataReceived, RequestReceived, StreamEnded


@dataclass
class Served:
    port: int = 0
    requests: list[dict[str, str]] = field(default_factory=list)
    """Headers of each, pseudo headers included."""


@asynccontextmanager
async def http2_server(tls: ssl.SSLContext, body: bytes) -> AsyncIterator[Served]:
    """Every request is answered with 200 and the JSON `body`."""
    tls.set_alpn_protocols(["h2"])
    served = Served()
    writers: list[asyncio.StreamWriter] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        line = H2Connection(H2Configuration(client_side=False, header_encoding="utf-8"))
        line.initiate_connection()
        writer.write(line.data_to_send())
        while data := await reader.read(65536):
            for event in line.receive_data(data):
                if isinstance(event, RequestReceived):
                    served.requests.append({str(name): str(text) for name, text in event.headers or ()})
                if isinstance(event, DataReceived):
                    line.acknowledge_received_data(event.flow_controlled_length or 0, event.stream_id or 0)
                if isinstance(event, StreamEnded):
                    _answer(line, event.stream_id or 0, body)
            writer.write(line.data_to_send())
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    served.port = server.sockets[0].getsockname()[1]
    try:
        yield served
    finally:
        server.close()
        for writer in writers:
            writer.transport.abort()


def _answer(line: H2Connection, stream_id: int, body: bytes) -> None:
    line.send_headers(stream_id, [(":status", "200"), ("content-type", "application/json")])
    line.send_data(stream_id, body, end_stream=True)
