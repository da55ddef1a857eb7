"""Pages: stories and figures into templates, templates into HTML.

    Bulletin, stories, Book, templates ──▶ print HTML and web HTML

The home of Jinja2, which runs sandboxed and strict: a template that names what
is not there is a finding, not a gap. This room opens no file and presses
nothing; how it looks is for templates/.
"""
