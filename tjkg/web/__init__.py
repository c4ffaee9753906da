"""The endpoint: SPARQL Protocol, linked data, JSON API and pages, asked in workers that can be stopped."""
