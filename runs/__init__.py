"""Training that outlives a page: configs, trainers, films, runs. No Streamlit in here."""
