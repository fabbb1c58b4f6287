"""Streamlit helpers: the frame of a page, controls, the chart, captions, what is one click away."""
