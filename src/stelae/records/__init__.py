"""What sources say: typed entries, the journal and its fold, import, the dossier folder."""
