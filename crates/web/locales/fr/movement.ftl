### The board, movements and manifests · Français
