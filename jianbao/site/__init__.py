"""Site: what links the bulletins together, made from their records without reading their pages.

    a bulletin ──record──▶ bulletin.json in its folder

    records ──archive──▶ home, years, organisations, campaigns
            ──neighbours──▶ who comes before and after
            ──links──▶ findings for what leads nowhere

Pure and cheap: the same records give the same bytes, so that what has not
changed is not written again.
"""
