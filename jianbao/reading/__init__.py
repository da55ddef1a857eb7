"""Reading: what the office wrote, as frozen values that know their place.

    disk ──▶ text ──▶ trees and stories ──▶ Site, Campaign, Observation, Bulletin, Story

The only room that opens a file of the site, and the home of PyYAML, pydantic,
Markdown and nh3. It says what is written where; whether the figures agree is
for `figures` and `proofreading`.
"""

import os

# pydantic would ask every installed package whether it has something to add to our models.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
