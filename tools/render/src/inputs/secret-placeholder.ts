/** Stands for every secret value: the preview knows none. */
export const SECRET_PLACEHOLDER = '[secret]';
