"""The pages for people: ask, browse, screen, read the plan, look at figures; each made in a worker from plain data."""
