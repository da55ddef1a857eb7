"""Preparing: make the environment in which `build.py` starts the program.

    Debian packages ─▶ .venv from the locks ─▶ Kai and FangSong ─▶ stamps
      system.py         environment.py           fonts.py          order.py

Run by `build.py` when a stamp is missing or wrong, never by the program. It
asks for no password and writes nowhere but into `.venv`, except that it
installs Debian packages where it may; where it may not, it says the one line
that does. Standard library only.
"""
