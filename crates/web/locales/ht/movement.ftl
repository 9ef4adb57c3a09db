### The board, movements and manifests · Kreyòl
### not yet reviewed by a speaker
