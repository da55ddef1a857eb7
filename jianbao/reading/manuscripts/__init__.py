"""A unit's Word text, read into a story.

.docx ──opening──▶ document ──numbering, heads──▶ plain document ──converting──▶ lines, photos
"""
