"""The directory and its history as files for anybody to use, and the page that documents every field."""
