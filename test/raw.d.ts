/** Files as text, as Vite imports them. */
declare module "*?raw" {
  const text: string;
  export default text;
}
