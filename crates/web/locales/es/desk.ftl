### The desk: meeting, registering, screening, giving; people and their pages · Español
