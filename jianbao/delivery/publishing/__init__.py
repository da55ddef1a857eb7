"""Publishing: the files that readers get, to where readers get them.

output/ ──mirror──▶ what is public, as it lies here ──plan──▶ steps ──send──▶ the target

mirror.py     a copy of what is public: later edits in output/ change nothing there
planning.py   which files differ, and in which order they go, so that no link is ever dead
targets.py    a folder, a zip, SFTP or WebDAV, opened without a password in any file
sending.py    each file in one step, read back; whatever stops it, the next run completes it
history.py    what was public before, for going back
"""
