"""A classifier from an ONNX file, run on our own processor by ONNX Runtime, which comes with the extra `vision`."""

import asyncio
import io
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps

from karavan.modules.media.public import ClassifierError, Label
from karavan.settings import VisionSettings

# Means and deviations of ImageNet, by which nearly all published classifiers were trained.
_MEAN = np.array([0.485, 0.456, 0.406], dtype=np.float32)
_DEVIATION = np.array([0.229, 0.224, 0.225], dtype=np.float32)
_THREADS = 1


class OnnxClassifier:
    """A network with one picture as input (1 × 3 × side × side) and one row of scores as output."""

    def __init__(self, settings: VisionSettings) -> None:
        self._settings = settings
        self._session: Any = None
        self._names: list[str] = []
        self._loading = threading.Lock()

    async def classify(self, content: bytes) -> Sequence[Label]:
        """Labels of a picture.

        Raises:
            ClassifierError: the file cannot be loaded or run, or has another number of classes than there are names.
        """
        return await asyncio.to_thread(self._classify, content)

    def _classify(self, content: bytes) -> list[Label]:
        session = self._loaded()
        try:
            entry = session.get_inputs()[0].name
            (scores, *_) = session.run(None, {entry: self._input(content)})
        except Exception as error:  # ONNX Runtime raises classes of its own for every status
            raise ClassifierError(f"the model does not run: {error}") from error
        values = _probabilities(np.asarray(scores, dtype=np.float64).reshape(-1))
        if len(values) != len(self._names):
            raise ClassifierError(f"{len(values)} classes, but {len(self._names)} names")
        return [Label(name, float(value)) for name, value in zip(self._names, values, strict=True)]

    def _loaded(self) -> Any:
        with self._loading:
            if self._session is None:
                self._names = _names(self._settings.labels)
                self._session = _open(self._settings.model)
            return self._session

    def _input(self, content: bytes) -> "np.ndarray[Any, np.dtype[np.float32]]":
        side = self._settings.input_side
        with Image.open(io.BytesIO(content)) as image:
            square = ImageOps.fit(image.convert("RGB"), (side, side), Image.Resampling.BILINEAR)
        pixels = np.asarray(square, dtype=np.float32) / 255
        normalised = (pixels - _MEAN) / _DEVIATION
        return np.ascontiguousarray(normalised.transpose(2, 0, 1)[None])


def _open(model: Path | None) -> Any:
    try:
        import onnxruntime
    except ImportError as error:
        raise ClassifierError("install karavan[vision] to run an ONNX file") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = _THREADS
    try:
        return onnxruntime.InferenceSession(
            str(model), sess_options=options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # as above
        raise ClassifierError(f"the model cannot be loaded: {error}") from error


def _names(labels: Path | None) -> list[str]:
    if labels is None:
        raise ClassifierError("KARAVAN_VISION__LABELS must name the classes of the model")
    try:
        return [
            line.strip() for line in labels.read_text(encoding="utf-8").splitlines() if line.strip()
        ]
    except (OSError, UnicodeError) as error:
        raise ClassifierError(f"the labels cannot be read: {error}") from error


def _probabilities(
    scores: "np.ndarray[Any, np.dtype[np.float64]]",
) -> "np.ndarray[Any, np.dtype[np.float64]]":
    """Scores as they are when they are probabilities already, else their softmax."""
    if scores.size and scores.min() >= 0 and scores.max() <= 1:
        return scores
    powers: np.ndarray[Any, np.dtype[np.float64]] = np.exp(scores - scores.max())
    shares: np.ndarray[Any, np.dtype[np.float64]] = powers / powers.sum()
    return shares
