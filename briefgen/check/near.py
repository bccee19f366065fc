"""What an author may have meant: the model's answer, under the name that `check` knows it by."""

from briefgen.model.nearest import did_you_mean as near

__all__ = ["near"]
