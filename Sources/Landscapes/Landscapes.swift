// Landscapes
