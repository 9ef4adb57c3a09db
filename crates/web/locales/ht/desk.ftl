### The desk: meeting, registering, screening, giving; people and their pages · Kreyòl
### not yet reviewed by a speaker
