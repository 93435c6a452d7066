"""The cases that a case is shown with: “More posts”, and the sequence of its conflict."""
