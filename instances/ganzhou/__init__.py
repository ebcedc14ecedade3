"""甘州城乡双向交流, generated."""
