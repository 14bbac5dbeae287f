"""The thumbnail that a Mattermost 5.37 made of a flag of three stripes (640×480)."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.jpeg import BadPicture, decode

FLAG = base64.b64decode(
    "/9j/2wCEAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIU"
    "FRQBAwQEBQQFCQUFCRQNCw0UFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFP/A"
    "ABEIAGQAhQMBIgACEQEDEQH/xAGiAAABBQEBAQEBAQAAAAAAAAAAAQIDBAUGBwgJCgsQAAIBAwMCBAMFBQQEAAABfQEC"
    "AwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldY"
    "WVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY"
    "2drh4uPk5ebn6Onq8fLz9PX29/j5+gEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoLEQACAQIEBAMEBwUEBAABAncA"
    "AQIDEQQFITEGEkFRB2FxEyIygQgUQpGhscEJIzNS8BVictEKFiQ04SXxFxgZGiYnKCkqNTY3ODk6Q0RFRkdISUpTVFVW"
    "V1hZWmNkZWZnaGlqc3R1dnd4eXqCg4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV"
    "1tfY2dri4+Tl5ufo6ery8/T19vf4+fr/2gAMAwEAAhEDEQA/APAqKKK/Mj+4wooooAKKKKACiiigAooooAKKKKACiiig"
    "AooooAKKKKACijB9DRg+hoAKKMH0NGD6GgAoowfQ0YPoaACijB9DRg+hoAKKMH0NGD6GgAoowfQ0YPoaACijB9DRg+ho"
    "AKKMH0NGD6GgAoowfQ0YPoaAP10/4Zi+E3/RPPD/AP4BLR/wzF8Jv+ieeH//AACWvTqK/RvYUv5F9yP4w/tXMP8AoIn/"
    "AOBS/wAzzH/hmL4Tf9E88P8A/gEtH/DMXwm/6J54f/8AAJa9Ooo9hS/kX3IP7VzD/oIn/wCBS/zPMf8AhmL4Tf8ARPPD"
    "/wD4BLR/wzF8Jv8Aonnh/wD8Alr06ij2FL+Rfcg/tXMP+gif/gUv8zzH/hmL4Tf9E88P/wDgEtH/AAzF8Jv+ieeH/wDw"
    "CWvTqKPYUv5F9yD+1cw/6CJ/+BS/zPMf+GYvhN/0Tzw//wCAS0f8MxfCb/onnh//AMAlr06ij2FL+Rfcg/tXMP8AoIn/"
    "AOBS/wAzzH/hmL4Tf9E88P8A/gEtH/DMXwm/6J54f/8AAJa9Ooo9hS/kX3IP7VzD/oIn/wCBS/zPMf8AhmL4Tf8ARPPD"
    "/wD4BLR/wzF8Jv8Aonnh/wD8Alr06ij2FL+Rfcg/tXMP+gif/gUv8zzH/hmL4Tf9E88P/wDgEtH/AAzF8Jv+ieeH/wDw"
    "CWvTqKPYUv5F9yD+1cw/6CJ/+BS/zPMf+GYvhN/0Tzw//wCAS0f8MxfCb/onnh//AMAlr06ij2FL+Rfcg/tXMP8AoIn/"
    "AOBS/wAwooorc8sKKKKACiiigAooooAKKKKACiiigAooooAKKKKACiiigD80v+HgfxX9fD//AILD/wDHKP8Ah4H8V/Xw"
    "/wD+Cw//AByvmyiv6W/sLK/+geP3I/Hf7Txv/P2X3n0n/wAPA/iv6+H/APwWH/45R/w8D+K/r4f/APBYf/jlfNlFH9hZ"
    "X/0Dx+5B/aeN/wCfsvvPpP8A4eB/Ff18P/8AgsP/AMco/wCHgfxX9fD/AP4LD/8AHK+bKKP7Cyv/AKB4/cg/tPG/8/Zf"
    "efSf/DwP4r+vh/8A8Fh/+OUf8PA/iv6+H/8AwWH/AOOV82UUf2Flf/QPH7kH9p43/n7L7z6T/wCHgfxX9fD/AP4LD/8A"
    "HKP+HgfxX9fD/wD4LD/8cr5soo/sLK/+geP3IP7Txv8Az9l959J/8PA/iv6+H/8AwWH/AOOUf8PA/iv6+H//AAWH/wCO"
    "V82UUf2Flf8A0Dx+5B/aeN/5+y+8+k/+HgfxX9fD/wD4LD/8co/4eB/Ff18P/wDgsP8A8cr5soo/sLK/+geP3IP7Txv/"
    "AD9l959J/wDDwP4r+vh//wAFh/8AjlH/AA8D+K/r4f8A/BYf/jlfNlFH9hZX/wBA8fuQf2njf+fsvvPpP/h4H8V/Xw//"
    "AOCw/wDxyj/h4H8V/Xw//wCCw/8Axyvmyij+wsr/AOgeP3IP7Txv/P2X3hRRRXunmBRRRQAUUUUAFFFFABRRRQAUUUUA"
    "FFFFABRRRQAUUUUAFFFFABRRRQAUUUUAFFFFABRRRQAUUUUAFFFFABRRRQAUUUUAf//Z"
)


def test_a_real_thumbnail() -> None:
    picture = decode(FLAG)
    assert (picture.width, picture.height) == (133, 100)
    assert [picture.rows[y][66] for y in (5, 50, 95)] == [(200, 30, 30), (250, 250, 250), (20, 90, 201)]
    assert all(len(row) == 133 for row in picture.rows)


@given(st.binary(max_size=300))
def test_anything_is_a_picture_or_bad(data: bytes) -> None:
    for sent in (data, b"\xff\xd8" + data, FLAG[:600] + data):
        with pytest.raises(BadPicture):
            decode(sent)


def test_a_picture_that_says_it_is_huge() -> None:
    at = FLAG.index(b"\xff\xc0")
    huge = FLAG[: at + 5] + b"\xff\xff\xff\xff" + FLAG[at + 9 :]
    with pytest.raises(BadPicture, match="size"):
        decode(huge)


def test_progressive_pictures_are_left_out() -> None:
    with pytest.raises(BadPicture, match="baseline"):
        decode(FLAG.replace(b"\xff\xc0", b"\xff\xc2", 1))
