//! Cubes and risks to people and machines
