"""One question per file. Figures are ratios against a peer in the same run where they are about speed."""
