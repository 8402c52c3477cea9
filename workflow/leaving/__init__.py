"""Leaving a body: what somebody has open there, who may take it over, and the acts that end and hand over.

Memberships are governance's and know nothing of cases; what joins the two lies here.
"""
