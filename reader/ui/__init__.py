"""Textual only: everything that needs an app. Data goes down by call, messages go up, siblings never talk."""
