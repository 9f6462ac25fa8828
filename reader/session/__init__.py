"""The state of the app with no widget in it."""

from reader.session.session import LAYERS, History, Layer, Mark, Session, Stop, Target, address_of

__all__ = ["LAYERS", "History", "Layer", "Mark", "Session", "Stop", "Target", "address_of"]
