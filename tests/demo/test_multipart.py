"""Forms with files."""

from __future__ import annotations

from tui.demo.multipart import Part, parse


def test_fields_and_files_keep_their_bytes_and_names() -> None:
    body = (
        b'--B\r\nContent-Disposition: form-data; name="channel_id"\r\n\r\nabc\r\n'
        b'--B\r\nContent-Disposition: form-data; name="files"; filename="\xc3\xa4 \\"b\\".txt"\r\n'
        b"Content-Type: text/plain\r\n\r\none\r\n\r\ntwo\r\n--B--\r\n"
    )
    parts = parse('multipart/form-data; boundary="B"', body)
    assert parts == [Part("channel_id", "", b"abc"), Part("files", 'ä "b".txt', b"one\r\n\r\ntwo")]


def test_without_a_boundary_there_are_no_parts() -> None:
    assert parse("multipart/form-data", b"--B--") == []
