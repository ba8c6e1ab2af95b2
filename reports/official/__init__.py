"""Word drafts in the form of official documents: fields, templates, what is written where."""
