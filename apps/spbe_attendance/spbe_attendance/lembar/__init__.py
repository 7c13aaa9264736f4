"""What every import of a sheet needs: the attached file, progress, a background task of a document, sentences about files."""
