"""Link: the facts of all pages become the index of the site."""
