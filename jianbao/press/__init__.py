"""Press: HTML into PDF, and what the engine had to say about it.

    Job (HTML, pictures as bytes) ──press──▶ Pressed (PDF as bytes, troubles)

The home of WeasyPrint. Bytes go in and bytes come out: the fetcher serves only
what the job carries, never the disk, so that a job can be pressed in any
process. Chinese composition is in the sub-room `composition`.
"""
