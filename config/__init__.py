"""Configuration: data files and the one loader that reads them. Imports no other package of ours."""
