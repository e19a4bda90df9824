"""Catalogues of the residents' languages."""
