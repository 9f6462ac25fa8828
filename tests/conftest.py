"""What all tests share: property tests without a clock, and the same ones each time on a build machine."""

import os

from hypothesis import settings

settings.register_profile("desk", deadline=None)
settings.register_profile("build", deadline=None, derandomize=True)
settings.load_profile("build" if os.environ.get("CI") else "desk")
