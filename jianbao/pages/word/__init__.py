"""A bulletin as a Word document, for leaders who edit in Word and papers that ask for it.

BulletinView, pictures ──▶ document.py: red head or plain ──flow.py──▶ paragraphs ──▶ bytes
"""
