"""Several server processes behind one address, on one machine: `python -m hosting`."""
