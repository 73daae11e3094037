"""What people read of a marked class, as pages that open by themselves and ask nobody for anything.

``feedback.py`` draws a student's page, ``overview.py`` the class, ``writeups.py`` what a marker
fills in, and ``points.py`` reads that back. Jinja2, extra ``grade``, is loaded when one is drawn.
"""
