"""Codes by camera: a film of a package is held before the browser."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFilter
from playwright.sync_api import Browser, Page, expect

from karavan.modules.catalogue.barcodes.drawing import draw_png
from karavan.modules.catalogue.barcodes.retail import encode_gtin
from tests.browser.conftest import FLAGS, PATIENCE_MS, Account, Site

pytestmark = pytest.mark.browser

EAN = "4006381333931"
WIDTH, HEIGHT = 640, 480
# Tells whether the light of the camera is on.
LISTEN = """
(() => {
  const devices = navigator.mediaDevices, ask = devices.getUserMedia.bind(devices);
  window.tracks = [];
  devices.getUserMedia = async (wanted) => {
    const stream = await ask(wanted);
    window.tracks.push(...stream.getTracks());
    return stream;
  };
})()
"""


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hand that holds a code askew, out of focus and in motion, after a moment of nothing."""
    code = Image.open(BytesIO(draw_png(encode_gtin(EAN.zfill(14)), scale=4))).convert("RGBA")
    path = tmp_path_factory.mktemp("film") / "hand.y4m"
    with path.open("wb") as file:
        file.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode())
        for moment in range(12):
            frame = Image.new("RGB", (WIDTH, HEIGHT), (120, 110, 100))
            if moment > 3:
                held = code.rotate(moment - 2, expand=True, resample=Image.Resampling.BICUBIC)
                frame.paste(held, ((WIDTH - held.width) // 2 + moment, 60), held)
            blurred = frame.filter(ImageFilter.GaussianBlur(0.9)).convert("YCbCr")
            planes = np.asarray(blurred)
            file.write(b"FRAME\n" + planes[:, :, 0].tobytes())
            file.write(planes[::2, ::2, 1].tobytes() + planes[::2, ::2, 2].tobytes())
    return path


@pytest.fixture
def filmed(browser: Browser, chromium: str, film: Path) -> Iterator[Browser]:
    """A browser of its own, as what the camera sees is settled when it starts."""
    camera = [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]
    made = browser.browser_type.launch(executable_path=chromium, args=[*FLAGS, *camera])
    yield made
    made.close()


def opened(browser: Browser, site: Site, person: Account) -> Page:
    context = browser.new_context(locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_MS)
    credentials = {"email": person.email, "password": person.password}
    assert context.request.post(f"{site.url}/api/v1/auth/login", data=credentials).ok
    page = context.new_page()
    page.add_init_script(LISTEN)
    page.goto(f"{site.url}/app/codes")
    return page


def test_a_code_before_the_camera_finds_its_product(filmed: Browser, site: Site) -> None:
    person = site.register("vendor", "Scanned Goods")
    product = {
        "sku": "PEN-1",
        "names": {"en": "Pencil"},
        "price": {"amount": 100, "currency": "KZT"},
        "barcode": EAN,
    }
    assert person.client.post("/products", json=product).status_code == 201
    page = opened(filmed, site, person)
    scan = page.get_by_role("button", name="Scan", exact=True)
    scan.click()
    expect(page.get_by_text("Pencil").first).to_be_visible()
    expect(page.get_by_label("Code or SKU")).to_have_value(EAN)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(scan).to_be_focused()
    assert page.evaluate("tracks.map((track) => track.readyState)") == ["ended"]
    page.context.close()


def test_a_camera_that_is_unplugged_is_said(filmed: Browser, site: Site) -> None:
    page = opened(filmed, site, site.register("vendor", "Loose Plug"))
    # A code would close the window.
    page.route("**/zxing_reader*.wasm", lambda route: None)
    page.get_by_role("button", name="Scan", exact=True).click()
    page.wait_for_function("() => document.querySelector('video')?.readyState >= 2")
    page.evaluate("tracks[0].stop(), tracks[0].dispatchEvent(new Event('ended'))")
    expect(page.get_by_text("The camera has stopped")).to_be_visible()
    page.context.close()
