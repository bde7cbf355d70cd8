"""The declared capaian engine: how a realisasi is judged against its target, in Python and in Excel alike."""
