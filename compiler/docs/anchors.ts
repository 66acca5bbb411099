/*
 * Where links lead inside the page. Names of the manifest are letters, digits and `/`: they are ids as they are.
 */

export const tableId = (name: string): string => `table-${name}`;
export const enumId = (name: string): string => `enum-${name}`;
export const operationId = (name: string): string => `operation-${name}`;
export const linkTo = (id: string): string => `#${id}`;
