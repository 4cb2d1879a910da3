"""The nouns of the project as frozen values. No input or output; imports nothing else of ours."""
