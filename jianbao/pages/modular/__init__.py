"""The modular page: stories in rectangles, arranged by their number and length.

shapes     the nouns: Item, Module, the columns of the page
heads      how large a head is
cuts       the ways to set one story in a rectangle, and what each costs
division   the ways to divide the page, and the best of them
stories    from the stories of a page, measured by the press, to its modules
"""
