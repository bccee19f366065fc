"""Render: one page's view becomes HTML; feeds, data files and pictures likewise."""
