"""The nouns of briefgen and pure questions about them.

Everything here is a frozen value. Nothing reads a file, a clock or the environment, and no
module here imports another room: the stages meet in this one.
"""
