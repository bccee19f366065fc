"""What an author may have meant: the model's answer, under the name that `load` knows it by."""

from briefgen.model.nearest import did_you_mean

__all__ = ["did_you_mean"]
