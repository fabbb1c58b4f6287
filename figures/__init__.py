"""Data in, `go.Figure` out: one module a family, every colour in theme.py. No Streamlit in here."""
