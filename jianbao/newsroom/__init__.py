"""The newsroom: the weekly round of the office, a file a command.

    what people wrote ──command──▶ what they agreed to have written

Only what somebody confirmed is written into a file that people write, all at
once or not at all, and everything else in it stays as it was, byte for byte.
What is asked and answered is for `cli`.
"""
