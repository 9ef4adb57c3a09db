### The board, movements and manifests · Español
