/** Colours of a project's upper edge; red is the one people take for production. */
export const COLORS = ['#0b6a70', '#1f62b5', '#6d4bb0', '#2c7a2f', '#b26a00', '#bc2f32'];
