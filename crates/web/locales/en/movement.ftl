### The board, movements and manifests · English
