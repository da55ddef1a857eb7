"""The preview: bulletins in the browser of whoever writes them, anew with each change.

change on disk ──watching──▶ pipeline.build ──▶ Preview ──applications──▶ the browser
                    └──▶ pressing, in a process of its own: the PDF follows
"""
