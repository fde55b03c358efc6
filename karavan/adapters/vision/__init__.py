"""Classifiers of pictures: a file that we run ourselves, or an endpoint of the operator's choice."""

from karavan.adapters.vision.endpoint import EndpointClassifier
from karavan.modules.media.public import PictureClassifier
from karavan.settings import VisionSettings

__all__ = ["EndpointClassifier", "open_classifier"]


def open_classifier(settings: VisionSettings) -> PictureClassifier | None:
    """The classifier that the settings ask for; nothing when they name none, and pictures say that they were not classified.

    A file goes before an endpoint. It is loaded when the first picture comes.
    """
    if settings.model is not None:
        # Loads numpy, which servers without a classifier do without.
        from karavan.adapters.vision.onnx_file import OnnxClassifier

        return OnnxClassifier(settings)
    if settings.base_url:
        return EndpointClassifier(settings)
    return None
